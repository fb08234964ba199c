// Where in the page the chat lives. A page may write its body anew, and a modal dialog makes all that is outside it inert: there we live inside.

const PAUSE = 50; // milliseconds

/** Keeps `host` in the page, in the topmost modal dialog if one is open, and above everything else; calls `also` whenever the page has changed. */
export function keepIn(host, also) {
  const dialogs = document.getElementsByTagName("dialog");
  let due = 0;
  const place = () => {
    due = 0;
    also();
    const home = [...dialogs].filter((each) => each.matches(":modal")).pop() ?? document.body;
    if (!home || host.parentNode === home) return;
    if (host.isConnected && home.moveBefore) home.moveBefore(host, null);
    else home.append(host);
    // What is not shown any more and shown again lies on top.
    host.popover = null;
    host.popover = "manual";
    host.showPopover?.();
  };
  place();
  // Not at once each time: a page that throws us out whenever it can would keep the browser from everything else.
  new MutationObserver(() => { due ||= setTimeout(place, PAUSE); }).observe(document, { childList: true, subtree: true, characterData: true, attributeFilter: ["open"] });
}
