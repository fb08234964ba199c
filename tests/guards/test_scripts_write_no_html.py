"""Our scripts put words in as words: where one writes HTML, it is our own server's, and stands here with the reason."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "vigil"
# Each way by which a text becomes elements or a program.
SINK = re.compile(
    r"\b(?:inner|outer)HTML\b|\binsertAdjacentHTML\b|\bdocument\s*\.\s*write(?:ln)?\b|\bsetHTML(?:Unsafe)?\b|\bcreateContextualFragment\b"
    r"|\bDOMParser\b|\bsrcdoc\b|\beval\s*\(|\bnew Function\b|\bsetAttribute\(\s*[\"'`]on"
)
# The only lines that may, and why.
ALLOWED = {
    ("faces/desk/static/desk/js/fragments.js", "template.innerHTML = html;"): "a fragment that our own server wrote and escaped",
    (
        "faces/desk/static/desk/js/fragments.js",
        "if (old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes);",
    ): "compared, and never written",
    (
        "faces/desk/static/desk/js/head.js",
        'window.htmx.ajax("GET", `/desk/conversations/${this.#id}/head`, { target: "#head", swap: "outerHTML" })',
    ): "the name of a way to swap in what our own server wrote",
    (
        "faces/desk/static/desk/js/keys.js",
        'const options = { target: "#head", swap: "outerHTML", values: { ...values, csrfmiddlewaretoken } };',
    ): "the name of a way to swap in what our own server wrote",
    (
        "faces/desk/static/desk/js/search.js",
        'return window.htmx.ajax("POST", "/desk/search", { target: "#list", swap: "outerHTML", values: { words, csrfmiddlewaretoken } });',
    ): "the name of a way to swap in what our own server wrote",
    (
        "faces/widget/static/widget/js/speak.js",
        'const page = new DOMParser().parseFromString(await response.text(), "text/html");',
    ): "our own document in another language, in which nobody's words stand",
    (
        "faces/widget/static/widget/js/chips.js",
        'const page = new DOMParser().parseFromString(await response.text(), "text/html");',
    ): "our own empty chips, in which nobody's words stand",
    (
        "faces/widget/static/widget/js/sheets.js",
        'const { body } = new DOMParser().parseFromString(await response.text(), "text/html");',
    ): "our own sheets, in which nobody's words stand",
}


def sinks_in(script: str) -> Iterator[str]:
    for line in script.splitlines():
        if SINK.search(line) and not line.lstrip().startswith("//"):
            yield line.strip()


def found() -> list[tuple[str, str]]:
    scripts = [path for path in SOURCE.rglob("*.js") if "vendor" not in path.parts]
    assert len(scripts) > 40, "the scripts have moved: this guard looks at nothing"
    return [(path.relative_to(SOURCE).as_posix(), line) for path in sorted(scripts) for line in sinks_in(path.read_text(encoding="utf-8"))]


def test_a05_no_script_of_ours_makes_elements_out_of_words() -> None:
    assert [each for each in found() if each not in ALLOWED] == []


def test_every_exception_is_needed() -> None:
    assert set(ALLOWED) <= set(found())


@pytest.mark.parametrize(
    ("line", "is_seen"),
    [
        ("slot.innerHTML = value;", True),
        ("slot['outerHTML'] += value;", True),
        ("slot.insertAdjacentHTML('beforeend', value);", True),
        ("document.write(value);", True),
        ("frame.srcdoc = value;", True),
        ("range.createContextualFragment(value);", True),
        ("slot.setAttribute('onclick', value);", True),
        ("slot.textContent = value;", False),
        ("// Never innerHTML.", False),
    ],
)
def test_the_guard_sees_what_it_is_for(line: str, is_seen: bool) -> None:
    assert bool(list(sinks_in(line))) is is_seen
