"""The look: what every face shares, and nothing that knows what a face is about.

Owns the design tokens, the parts, the icons, the base page, the error pages and the shared scripts. Refuses to query, to know
a conversation from an article, to speak (scripts take their sentences from the page) and to load anything from a third party.

How a face uses it:

*Pages* extend `look/base.html` and fill the blocks `title`, `head`, `body_attributes`, `body` and `scripts`. No style or script stands
in a page itself, so that the Content-Security-Policy can forbid both. The tags are built in: `{% icon "send" %}`,
`{% icon "send" "s" inline=True %}` with `{% icon_symbols "send close" %}` in the block `icons` of a page that must stay small,
`{% words_for_scripts sentences %}` for what scripts say, `{{ code|page_language }}`. `{% drawn "desk/_row.html" row=row %}` and
`{% drawn_each … %}` draw a piece once for all who see the same; sentences (`translate`) and addresses (`url`) that stand in a template
are looked up once, too. A counted sentence comes
from `look.words.plural_forms(singular, plural)`, with `%(n)s` in it. A message's own element carries `lang` and `dir="auto"`.

*Styles*: a face has one sheet that imports `look/css/base.css` first (or, as the widget does, a lean list of parts after the same
`@layer` line) and writes its own rules in `@layer face`, a page in `@layer page`. Classes and tokens are those of the parts; a state is
`data-tone="ok|warn|bad|brand"`; directions are logical (`margin-inline-start`). Guards in `tests/guards` hold this.

*Scripts* are small ES modules in `look/js`, imported by a face's own entry module:
`live.js` (Live: the stream, its fallbacks, resume), `outbox.js` (Outbox: sends once, in order), `composing.js` (sendOnEnter),
`template.js` (cloneTemplate, fill), `words.js` (wordsOfPage, say), `local_time.js`, `announce.js`, `stick_to_bottom.js`, `theme.js`,
`behaviours.js` (attach by `data-behaviour`). None of them holds a human word.
"""
