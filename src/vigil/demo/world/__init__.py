"""The written world: who works here, who asks, and what they said. Data only; `loader.load_world()` reads it, strictly.

Files (TOML, UTF-8), each table exactly the frozen dataclass of the same name in `schema`; unknown keys, missing keys, wrong types
and references to nobody are refused with the file and the entry named.

- `staff.toml`             `[[teams]]` Team, `[[queues]]` Queue, `[[staff]]` Person
- `customers.toml`         `[[customers]]` Customer
- `conversations/<language>.toml`   `[[conversations]]` Conversation, with `turns = [{...}, ...]` of Turn
- `macros.toml`            `[[macros]]` Macro, with `[macros.titles]` and `[macros.texts]` by language
- `traffic/<language>.toml`   `[[scripts]]` Script, for the customers of the live traffic

A conversation:

    [[conversations]]
    number = 1                      # unique in the whole world
    language = "zh-Hans"            # one of schema.LANGUAGES, and of the file it stands in
    channel = "chat"                # schema.CHANNELS
    topic = "deposit-not-credited"  # schema.TOPICS
    queue = "apac-deposits"         # <team>-<queue>; see staff.toml
    customer = "zhang-rui"
    agent = "lin-yue"               # of the queue's team; optional, absent = nobody has it yet
    mood = "worried"                # schema.MOODS
    status = "open"                 # schema.STATUSES, as it stands at the end
    priority = "normal"             # urgent (P1) | high | normal | low
    subject = "..."                 # required for ticket and email, absent otherwise
    started_minutes_ago = 14        # of the first turn; all turns together end before now
    turns = [
      {who = "customer", after_seconds = 0, text = "..."},
      {who = "agent", after_seconds = 75, text = "..."},
      {who = "note", after_seconds = 20, text = "...", by = "mei-tan"},
    ]

Optional: `incident = "tron-maintenance"` (children of one incident) · `merge_into = 1` (a double of conversation 1,
left for an agent to find) ·
`snoozed_for_minutes` (required when snoozed) · `rating` 1-5 with `rating_comment` (only resolved or closed) · `twist` (English, for us).

A turn's `who` is customer, agent, note (the team only), or resolve: the agent closes the matter here and `text` is absent, so that
a later customer turn opens it again. The final status needs no resolve turn. `after_seconds` counts from the turn before it (0 for the
first); bursts of a hurried customer are several customer turns 2-20 seconds apart. `by` names a colleague other than the
conversation's agent (a transfer, a specialist, a supervisor). What the system says (opened, assigned, status) is never written here.

Texts may hold these placeholders, and no other braces (`identifiers` resolves them; the same number is always the same value):

    {txid:1} {evmtx:1} {address:trc20:1} {address:erc20:1} {address:bep20:1} {address:btc:1} {address:ton:1}
    {order:1} {p2p:1} {memo:1} {phrase:1} {uid} {brand}
    {clock:90}   HH:MM in UTC, 90 minutes before the conversation began ({clock:-30}: 30 minutes after it began)
    {date:2}     YYYY-MM-DD in UTC, 2 days before the conversation began

Macro texts may hold {brand} and double-braced variables, {{eta}} or {{customer.name}}, each listed in the macro's `variables`; a macro
has a title and a text in every one of the eleven languages.

A script of the live traffic is a customer who waits for answers: `opening` is sent at once, bubble after bubble; then one of
`follow_ups` after each answer; `thanks` when the agent has finished. The placeholders above work there too.
"""
