// What an exchange's own page does to let the chat know its customers. Who is logged in is kept here, where a real one has its session.

const KEPT = "demo-account";
const bar = document.querySelector("[data-accounts]");
const word = () => fetch(`/demo/word?account=${localStorage.getItem(KEPT)}`).then((answer) => answer.text());

function show() {
  const account = localStorage.getItem(KEPT);
  for (const each of bar.querySelectorAll("[data-state]")) each.hidden = each.dataset.state !== (account ?? "guest");
  bar.querySelector("[data-leave]").hidden = !account;
}

bar.addEventListener("click", ({ target }) => {
  const { account, leave } = target.closest("button")?.dataset ?? {};
  if (account) localStorage.setItem(KEPT, account);
  else if (leave !== undefined) localStorage.removeItem(KEPT);
  else return;
  show();
  window.Vigil?.identify(account ? word : null);
});

// Whichever of the two scripts comes first.
const greet = () => localStorage.getItem(KEPT) && window.Vigil.identify(word);
if (window.Vigil) greet();
else addEventListener("vigil:ready", greet, { once: true });
show();
