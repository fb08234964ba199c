// The sentences of a page, translated on the server, as its scripts say them.

/** Reads the sentences that `{% words_for_scripts %}` put into the page; throws where there are none. */
export function wordsOfPage(id = "words", page = document) {
  return Object.freeze(JSON.parse(page.getElementById(id).textContent));
}

/** Fills `%(name)s` in a sentence; one with plural forms is chosen by `values.n` in the page's language. */
export function say(sentence, values = {}, language = document.documentElement.lang || "en") {
  const form = typeof sentence === "string" ? sentence : choose(sentence, values.n, language);
  return form.replace(/%(?:\((\w+)\)[sd]|%)/g, (whole, name) => (name === undefined ? "%" : show(values[name] ?? whole, language)));
}

function choose(forms, n, language) {
  return forms[new Intl.PluralRules(language).select(n)] ?? forms.other;
}

function show(value, language) {
  return typeof value === "number" ? new Intl.NumberFormat(language).format(value) : value;
}
