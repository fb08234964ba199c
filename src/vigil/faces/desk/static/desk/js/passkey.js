// Passkeys: hands the server's question to the browser, and the browser's answer to the form.

const BINARY = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

/** Makes a form ask for a passkey (`data-ceremony` create or get) before it is sent; hides it where the browser knows none. */
export function passkey(form) {
  const says = form.querySelector('[data-slot="says"]');
  if (!window.PublicKeyCredential) {
    form.hidden = true;
    return undefined;
  }
  const ask = async (event) => {
    if (form.elements.answer.value) return;
    event.preventDefault();
    says.hidden = true;
    try {
      const publicKey = opened((await question(form)).publicKey);
      form.elements.answer.value = JSON.stringify(written(await navigator.credentials[form.dataset.ceremony]({ publicKey })));
    } catch {
      // Given up by its owner, too late, or known already: the browser has said which.
      says.hidden = false;
      return;
    }
    form.submit();
  };
  form.addEventListener("submit", ask);
  return () => form.removeEventListener("submit", ask);
}

// Where nobody has said yet who they are, the question is asked for when it is needed: a door stands open for hours.
async function question(form) {
  if (!form.dataset.ask) return JSON.parse(form.dataset.options);
  const { options, state } = await (await fetch(form.dataset.ask, { cache: "no-store" })).json();
  form.elements.state.value = state;
  return options;
}

function opened(options) {
  const list = (known) => (known ?? []).map((each) => ({ ...each, id: bytes(each.id) }));
  const user = options.user && { ...options.user, id: bytes(options.user.id) };
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(user && { user, excludeCredentials: list(options.excludeCredentials) }),
    ...(options.allowCredentials && { allowCredentials: list(options.allowCredentials) }),
  };
}

function written(credential) {
  const response = {};
  for (const name of BINARY) if (credential.response[name]) response[name] = text(credential.response[name]);
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, clientExtensionResults: {}, response };
}

/** Reads base64 as the web writes it. */
export function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
