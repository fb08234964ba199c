// The number of unread answers before the page's own title. Whatever the page writes there meanwhile stays its own, and keeps the number.

let mark = "";

/** Puts a number before the title as it is now, or takes it away. */
export function entitle(count) {
  const { title } = document;
  const bare = title.slice(title.startsWith(mark) && mark.length);
  mark = count ? `(${count}) ` : "";
  if (title !== mark + bare) document.title = mark + bare;
}
