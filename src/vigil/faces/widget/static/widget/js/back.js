// The page that a letter's link opens: it shows the key, once and when asked to, and goes on to the chat as who the letter was for.

const main = document.querySelector("main");
const button = main.querySelector("button");
const key = location.hash.slice(1);

// Not in the address bar, not in the history, not in a screenshot.
history.replaceState(null, "", location.pathname);
if (key) button.disabled = false;
else say("keyless");

button.addEventListener("click", async () => {
  button.disabled = true;
  try {
    const response = await ask(key);
    const { error, message, site, token } = await response.json();
    if (error) return refuse(message);
    if (!token) throw new Error("not our answer");
    localStorage.setItem(`vigil-token-${site}`, token);
    location.replace(`/widget/frame?${new URLSearchParams({ site, lang: main.dataset.language })}`);
  } catch {
    say("failed");
    button.disabled = false;
  }
});

function ask(shown) {
  const { language } = main.dataset;
  const body = JSON.stringify({ key: shown, language });
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  return fetch(`/widget/api/back?lang=${language}`, { method: "POST", headers, body, credentials: "omit" });
}

function refuse(message) {
  main.querySelector('[data-says="refused"]').textContent = message;
  say("refused");
}

function say(what) {
  for (const each of main.querySelectorAll("[data-says]")) each.hidden = each.dataset.says !== what;
}
