"""Everything a person reads is said in her language: nothing is missing in a catalogue, nothing goes past them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.guards.bare_words import in_python, in_script, in_template, untranslated_refusals
from vigil.languages.catalogue.checking import check, stale_names

SOURCE = Path(__file__).parents[2] / "src" / "vigil"

# Words that stand in a page or a script untranslated, each with its reason; an entry nothing needs fails.
ALLOWED = {
    ("look/templates/look/base.html", "Vigil"): "our own name, where the profile names no brand",
}


def test_every_sentence_is_translated_well_into_every_language() -> None:
    problems = check()
    shown = "\n".join(str(problem) for problem in problems[:40])
    assert not problems, f"{len(problems)} problems; `vigil check-languages` shows all:\n{shown}"


def test_no_entry_in_the_list_of_names_is_stale() -> None:
    assert stale_names() == []


def _files(suffixes: set[str], *, within: str = "") -> list[Path]:
    return [
        path
        for path in sorted((SOURCE / within).rglob("*"))
        if path.suffix in suffixes and not {"tests", "vendor", "locale", "__pycache__"} & set(path.relative_to(SOURCE).parts)
    ]


def _bare(files: list[Path], words_in: Callable[[Path], list[str]]) -> list[str]:
    found = [(path.relative_to(SOURCE).as_posix(), words) for path in files for words in words_in(path)]
    return [f"{path}: {words}" for path, words in found if (path, words) not in ALLOWED]


def _in_template(path: Path) -> list[str]:
    return in_template(path.read_text(encoding="utf-8"), is_html=path.suffix != ".txt")


def _in_python(path: Path) -> list[str]:
    return in_python(path.read_text(encoding="utf-8"))


def _in_script(path: Path) -> list[str]:
    return in_script(path.read_text(encoding="utf-8"))


def _templates() -> list[Path]:
    return [path for path in _files({".html", ".txt", ".svg", ".xml"}) if "templates" in path.parts]


def test_no_template_says_anything_outside_a_translation_tag() -> None:
    assert _bare(_templates(), _in_template) == []


def test_no_face_says_anything_in_python_that_is_not_translated() -> None:
    assert _bare(_files({".py"}, within="faces"), _in_python) == []


def test_no_refusal_speaks_english_only() -> None:
    assert _bare(_files({".py"}), lambda path: untranslated_refusals(path.read_text(encoding="utf-8"))) == []


def test_no_script_puts_words_of_its_own_before_a_reader() -> None:
    assert _bare(_files({".js"}), _in_script) == []


def test_every_exception_has_a_reason_and_is_needed() -> None:
    readers = {".py": _in_python, ".js": _in_script}
    for (name, words), reason in ALLOWED.items():
        path = SOURCE / name
        assert len(reason) > 10
        assert words in readers.get(path.suffix, _in_template)(path), f"nothing needs the exception {name}: {words}"


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>{% translate 'Hello' %}</p>", []),
        ("<p>{% blocktranslate %}Hello {{ x }}{% endblocktranslate %} · 5 —</p>", []),
        ("{# a note #}{% comment %}Notes{% endcomment %}<!-- note --><style>a{b:c}</style>&nbsp;", []),
        ("<a class='b' href='/help' title=\"{% translate 'Help' %}\">{{ name }}</a>", []),
        ("{{ x|default:'—' }}", []),
        ("<dt><kbd>Alt 1</kbd></dt>", []),
        ("<p><kbd>R</kbd> replies</p>", ["replies"]),
        ("<p>Hello</p>", ["Hello"]),
        ("<p>{% if x %}Yes{% endif %}</p>", ["Yes"]),
        ("<img alt='A cat'>", ["alt='A cat'"]),
        ("<button aria-label='Close {{ x }}'>×</button>", ["aria-label='Close '"]),
        ("<input type='submit' value='Go'><input name='a' value='b'>", ["value='Go'"]),
        ("{{ x|default:'Nobody' }}", ["Nobody"]),
        ("<p>保存</p>", ["保存"]),
        ("{% extends 'x' %}{% block body_attributes %} class='plain'{% endblock %}", []),
        ("{% extends 'x' %}{% block body_attributes %} title='Bare'{% endblock %}", ["title='Bare'"]),
    ],
)
def test_the_guard_sees_bare_words_in_templates(template: str, found: list[str]) -> None:
    assert in_template(template) == found


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("node.textContent = words.sent; node.title = '';", []),
        ("node.textContent = `${name} · ${time}`; node.setAttribute('aria-live', 'polite')", []),
        ("node.innerHTML = '<b></b>'; node.textContent = '×';", []),
        ("node.textContent = 'Sent';", ["Sent"]),
        ("node.textContent = `Wait ${n}`;", ["Wait ${n}"]),
        ('node.setAttribute("aria-label", "Close");', ["Close"]),
        ("announce('Connection lost')", ["Connection lost"]),
        ("announce(region, 'It\\'s lost')", ["It\\'s lost"]),
    ],
)
def test_the_guard_sees_bare_words_in_scripts(script: str, found: list[str]) -> None:
    assert in_script(script) == found


@pytest.mark.parametrize(
    ("python", "found"),
    [
        ('"""A module, described in a sentence."""\nx = _("Hello there, friend")', []),
        ('raise ValueError("This is for programmers")', []),
        ('x = "no-store, private"; y = "SELECT 1"; z = "text/html; charset=utf-8"', []),
        ('return HttpResponse("We could not find it.")', ["We could not find it."]),
        ('forms.CharField(label="Name")', ["Name"]),
        ('forms.CharField(label=_("Name"))', []),
    ],
)
def test_the_guard_sees_bare_words_in_python(python: str, found: list[str]) -> None:
    assert in_python(python) == found


def test_the_guard_sees_a_refusal_in_english_only() -> None:
    assert untranslated_refusals('class A:\n    sentence = "No way."\nclass B:\n    sentence = _("Sorry.")') == ["No way."]
