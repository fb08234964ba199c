"""Which test holds which number of the attack, flaw, fault and invariant catalogues: read from the tests' own names.

`python -m tests.security.catalogue` writes docs/security-tests.md anew.
"""

import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "security-tests.md"
_TEST = re.compile(r"^\s*(?:async )?def (test_((?:[avfi]\d{1,2}_)+)\w+)", re.MULTILINE)

# What the numbers mean, in a few words: A an attack, V a flaw that others had, F a fault, I what must hold always.
NUMBERS = {
    "A01": "streams opened from a page of another origin",
    "A02": "guessing names and tokens",
    "A03": "replaying somebody else's resume token",
    "A04": "claiming to be somebody",
    "A05": "scripts in names and words",
    "A06": "secrets in every field there is",
    "A07": "words that are typed and never sent",
    "A09": "links that lead elsewhere than they seem to",
    "A10": "pages, programs and lies sent as pictures",
    "A11": "files that cost more than they weigh",
    "A12": "the same words two hundred times",
    "A14": "proofs of work skipped, used twice, altered or kept",
    "A15": "slow, huge and many requests",
    "A17": "hosts that are not ours",
    "A18": "telling known accounts from unknown ones",
    "A19": "a search made to be slow, or to mean something to the database",
    "A23": "requests that two servers read differently",
    "A24": "texts that make a detector slow",
    "A25": "other people's conversations by name",
    "A26": "links to files, shared, replayed and forged",
    "A27": "fields that nobody asked for",
    "A28": "what only the team may see",
    "A29": "requests forged by another page",
    "A30": "sessions fixed, reused or left open",
    "A33": "everything at once",
    "A34": "every address, called by those who have no business there",
    "A53": "frames on pages that are not on the list",
    "A54": "messages from foreign windows",
    "A55": "host pages that read along, and loaders that were replaced",
    "A59": "other teams' matters by whatever leads there",
    "A60": "rights that somebody takes who has fewer",
    "A61": "reading in bulk by somebody inside",
    "A62": "personal data seen without a reason",
    "A63": "words of staff changed, dated back or removed afterwards",
    "A58": "a phished agent: a stolen password or cookie",
    "A64": "words that were taken out, looked for elsewhere",
    "A67": "scripts in what staff keep: signatures, names",
    "A69": "our own requests turned inwards",
    "A72": "unsafe settings in production",
    "A73": "secrets read back",
    "A74": "tokens in addresses",
    "A80": "somebody who left, and whose sessions, tokens and waiting work live on",
    "A81": "records of the audit edited, removed or put in another order",
    "V09": "line breaks in names, subjects and addresses of letters",
    "V12": "names judged before they are made plain",
    "V15": "drawings and pages that run",
    "V16": "types that somebody declares",
    "V17": "scripts in the names of files",
    "V23": "settings and messages that reach for prototypes",
    "V21": "stored words that are drawn as marks",
    "V24": "missing, empty, wrong and foreign tokens",
    "V25": "visitors who see one another",
    "V26": "addresses that forgot to ask who it is",
    "V27": "names of other teams",
    "V28": "one sight for lists, searches and pages",
    "V29": "streams of others",
    "V30": "what is suggested, offered and counted",
    "V31": "pages that change something when they are looked at",
    "V32": "fields on top of those asked for, and whose name an act bears",
    "V33": "rows that a search, a count or an order lets slip",
    "V34": "files by their address, for whom they are not",
    "V35": "marks and typing in conversations of others",
    "V36": "words that reach whom they do not concern",
    "V37": "names that a header claims",
    "V38": "first links that last, or match nothing",
    "V39": "reset links that last",
    "V40": "letters and answers that tell known accounts from unknown ones",
    "V41": "letter boxes filled with links",
    "V42": "session ids that survive sign-in",
    "V43": "streams that outlive a right",
    "V44": "invitations wider than their grant",
    "V45": "sessions in logs, addresses and pages, or opened by anything but JSON",
    "V46": "a set-up wizard that stays open",
    "V47": "requests to addresses inside",
    "V53": "values of another type in every field",
    "V55": "answers kept and given to somebody else",
    "V57": "pictures that cost the decoder dearly",
    "V61": "tokens that leave for another window",
    "V62": "pages that are held by others, or hold others, without a proof of who looks",
    "F01": "killed after the commit, before the answer",
    "F02": "killed before the commit",
    "F03": "killed after the relay took a letter, before that was noted",
    "F04": "killed before a letter's words were sent",
    "F05": "killed while a file is sent or judged",
    "F08": "the database's disk is full",
    "F09": "the disk of the files is full",
    "F10": "the database is locked",
    "F12": "the database is gone",
    "F13": "the answer to the commit is lost",
    "F14": "Redis is gone, cut or empty",
    "F15": "the bell is lost",
    "F16": "a line that died in silence",
    "F17": "everybody comes back at once",
    "F18": "a client that does not read",
    "F22": "a relay that refuses, delays or falls silent",
    "F27": "clocks that jump",
    "F29": "a decoder that hangs or dies",
    "F30": "two workers, and one that sleeps",
    "F36": "a restart under load",
    "I1": "acknowledged means committed",
    "I3": "sent once, or twice and marked",
    "I5": "numbered without gaps, shown once and in order",
    "I7": "no secret anywhere",
    "I8": "the audit's chain holds",
}
# Held by tests that do not say so in their names, or by what does not exist, and why.
ELSEWHERE: dict[str, str] = {}

# How far the tests of a number reach, where their names promise more or less than they hold.
REACH = {
    "A61": "an agent's stream tells what is written in the team at this moment, to work with; what was said before it counts as opening",
    "A24": "nothing longer than 8,000 letters is looked at; what the dearest such text costs, the bench's `screening` tells against 50 ms",
    "A53": "bringing a talk along, sending a file, saying where letters go and having the transcript sent there take a chat in plain "
    "sight, as far as the browser can tell; words that a customer types are sent as they are",
    "A69": "the settings that name an address are the operator's, and the test lists them; one door takes an address, where a browser asks "
    "to be told, and takes none but at the push services it knows (V47)",
    "F08": "a real server whose files may not grow, as under a quota; no room even for its journal ends the server, and is F12",
    "F09": "a disk in memory of two megabytes, where the machine lets a test mount one; elsewhere files that may not grow",
    "F10": "99 of 100 stored within half a second by twenty writers while another conversation stays locked",
    "F12": "gone for 4 seconds, by cut connections; in a soak for 60 seconds, and also by a line that goes silent",
    "F17": "300 clients come back at once, 2,000 in a soak; fewer than one answer in a hundred is a 5xx",
    "F36": "5 restarts under load, 50 in a soak",
    "I7": "every door and field of today in every run, and crashes at the places where words are held; not what is inside a picture",
    "V25": "60 interleavings in each run, 1,000 in a soak",
    "V62": "the desk holds no page of others, so there is no proof to hand to one; the chat is held, and that the word on who looks is "
    "signed, addressed and short-lived is A04",
    "V46": "there is no door that sets a house up: `vigil agents hire`, at the house's own keyboard, prints a link that works once",
    "V55": "twelve guests at once, through a cache that keeps whatever it may; not a product that others sell",
}


def list_tests() -> dict[str, list[str]]:
    """List the tests of each number as path::name, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted([*ROOT.glob("src/**/tests/**/test_*.py"), *ROOT.glob("tests/**/test_*.py")]):
        for name, numbers in _TEST.findall(path.read_text(encoding="utf-8")):
            for number in numbers.strip("_").upper().split("_"):
                found[number].append(f"{path.relative_to(ROOT)}::{name}")
    return dict(found)


def write_page(tests: dict[str, list[str]]) -> str:
    """Write the page."""
    lines = [
        "# Attacks and faults, and the tests that hold them",
        "",
        "Every number stands in the name of its tests. A is an attack, V a flaw that a system like ours had, F a fault, I an invariant.",
        "Where `make test` does less than the whole of a number, its line says so; `make soak` does the whole.",
        "`python -m tests.security.catalogue` writes this page; a test fails when a number has no test or a line names none that exists.",
        "",
    ]
    for number in sorted({*NUMBERS, *tests}):
        meaning = NUMBERS.get(number)
        lines.append(f"**{number}** {meaning}" if meaning else f"**{number}**")
        lines += [f"- `{test}`" for test in tests.get(number, [])]
        lines += [f"- {told[number]}" for told in (ELSEWHERE, REACH) if number in told]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(write_page(list_tests()), encoding="utf-8")
