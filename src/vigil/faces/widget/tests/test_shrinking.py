"""What a phone loads is made smaller, and still says and does the same."""

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client

from vigil.faces.widget.assets import _NEVER_SHOWN, chips_sheet, frame_script, frame_sheet, later_script
from vigil.faces.widget.shrinking import joined, names_at_the_top, shrink, shrink_page, shrink_sheet
from vigil.faces.widget.views import frame
from vigil.languages.table import ELEVEN
from vigil.workspace.profile import profile

BUDGET = 25 * 1024
LATER_BUDGET = 3 * 1024


def _shrunk(script: str, **imported: str) -> str:
    return joined([*shrink(script, imported, names_at_the_top()).statements, "use($a,$b,$c,$d);"]).removesuffix("use($a,$b,$c,$d);")


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("const first = 1;", "let $a=1;"),
        ("function add(one, other) {\n  // Why.\n  return one + other;\n}", "function $a(a,b){return a+b}"),
        (
            "const show = ({ site, other: place = document.title }) => ({ site, place });",
            "let $a=({site:a,other:b=document.title})=>({site:a,place:b});",
        ),
        ("const list = all.map((each) => each.name);", "let $a=all.map(a=>a.name);"),
        ("const ask = async (fresh) => fetch(fresh);", "let $a=async(a)=>fetch(a);"),
        ("const path = `/a/${site}/b${{ site }.site}`;", "let $a=`/a/${site}/b${{site}.site}`;"),
        ("const mark = /a[/]b  c/g, half = one / 2 / 3;", "let $a=/a[/]b  c/g,half=one/2/3;"),
        ('const words = "a  // b";', 'let $a="a  // b";'),
        ("const sum = (a, b) => a - -b;", "let $a=(a,b)=>a- -b;"),
        (
            "class Box extends Object {\n  #kept = 1;\n  open = null;\n\n  get size() {\n    return this.#kept;\n  }\n\n"
            "  async take(open) {\n    return open;\n  }\n}",
            "class $a extends Object{#a=1;open=null;get size(){return this.#a}async take(a){return a}}",
        ),
        ("const seen = true;\nconst gone = { no: false, is: each.true };", "let $a=!0,$b={no:!1,is:each.true};"),
        (
            "function draw(one) {\n  const { size } = one;\n  const [first] = size;\n  go();\n  for (let each of first) go(each);\n}",
            "function $a(a){let{size:b}=a,[c]=b;go();for(let d of c)go(d)}",
        ),
        (
            "function all() {\n  one((each) => each.a);\n  two((other) => other.b);\n  const kept = (third) => third;\n  return kept;\n}",
            "function $a(){one(a=>a.a);two(a=>a.b);let b=a=>a;return b}",
        ),
        ("try {\n  go();\n} catch (error) {\n  stop(error);\n}", "try{go()}catch(a){stop(a)}"),
    ],
)
def test_a_script_gets_shorter_names_where_only_it_can_see_them(written: str, sent: str) -> None:
    assert _shrunk(written) == sent


def test_what_is_imported_is_called_as_its_own_module_calls_it() -> None:
    assert _shrunk("const said = say(say.length);", say="$z") == "let $a=$z($z.length);"


def test_what_nobody_calls_is_left_out_with_what_it_alone_needs() -> None:
    free = names_at_the_top()
    module = shrink("const deep = 1;\nfunction idle() { return deep; }\nfunction used() { return idle.name; }\nlet never = idle;", {}, free)
    assert joined([*module.statements, "go();"]) == "go();"
    assert joined([*module.statements, f"go({module.names['used']});"]).count("function") == 2
    assert "$d" not in joined([*module.statements, f"go({module.names['used']});"])


@pytest.mark.parametrize("broken", ["const a = `b", "const a = @;", 'const a = "b\n";'])
def test_what_cannot_be_read_is_refused_and_not_guessed(broken: str) -> None:
    with pytest.raises(SyntaxError):
        shrink(broken, {}, names_at_the_top())


def test_a_sheet_keeps_its_selectors_and_the_tokens_it_reads() -> None:
    assert (
        shrink_sheet(":root { --used: 1px; --idle: 2px; }\n.a :is(b, c) { inset: var(--used); }")
        == ":root{--used:1px}.a :is(b,c){inset:var(--used)}"
    )


def test_a_sheet_loses_what_only_others_show_and_layers_that_follow_themselves() -> None:
    never = {".hint", "h3", "[data-theme=dark]"}
    written = (
        "@layer a { h2, h3 { x: 1; } h3:hover { x: 2; } }\n@layer b { .hint, p:is(h3, .b) { x: 3; } .hint::after { x: 4; } }\n"
        "@layer b { .hints > .h3 { x: 5; } @media print { a .hint { x: 6; } [data-theme=dark] p, i { x: 7; } } }"
    )
    assert shrink_sheet(written, never) == "@layer a{h2{x:1}}@layer b{p:is(h3,.b){x:3}.hints>.h3{x:5}@media print{i{x:7}}}"


def test_what_is_never_shown_stands_in_nothing_that_the_frame_shows() -> None:
    # What comes later has a sheet of its own.
    names = {each.strip(".[]") for each in _NEVER_SHOWN}
    folders = (Path(frame.__file__).parents[1] / "templates", Path(frame.__file__).parents[1] / "static" / "widget" / "js")
    shown = {path for folder in folders for path in folder.rglob("*.*") if path.name not in {"back.html", "back.js", "chips.html"}}
    assert len(shown) > 20
    for path in shown:
        text = path.read_text(encoding="utf-8")
        tags, classes = (
            set(re.findall(r"<([a-z]\w*)", text)),
            {each for found in re.findall(r'class="([^"]*)"', text) for each in found.split()},
        )
        assert not names & (tags | classes), path
        assert "data-theme" not in text, path


def test_a_page_loses_only_line_breaks_and_indentation() -> None:
    assert shrink_page("<p>one <b>two</b>\n  </p>\n") == "<p>one <b>two</b></p>"


def test_scripts_keep_every_sentence_and_lose_every_comment() -> None:
    script = frame_script()
    assert not re.search(r"(?m)^\s*//|/\*\*", script)
    assert '"/live/send"' in script
    assert "[data-log]" in script


def test_what_comes_later_is_whole_and_nothing_else_is_given() -> None:
    assert later_script("attach").endswith("as Attachments};")
    assert later_script("proof").endswith("as prove};")
    for name in ("chat", "frame", "../loader", "session"):
        with pytest.raises(LookupError):
            later_script(name)


def test_a_sheet_that_comes_later_reads_only_tokens_that_are_there() -> None:
    read, there = re.findall(r"var\((--[\w-]+)", chips_sheet()), frame_sheet()
    assert read
    # A tone is said by the element that has one.
    assert [token for token in read if token != "--tone" and f"{token}:" not in there] == []


@pytest.mark.django_db
def test_everything_of_the_frame_stays_below_25_kib_in_every_language(client: Client) -> None:
    parts = [gzip.compress(each.encode(), 9) for each in (frame_script(), frame_sheet())]
    parts.append(gzip.compress(client.get("/brand.css").content, 9))
    pages = {
        each.code: gzip.compress(client.get(f"/widget/frame?site={profile().sites[0].key}&lang={each.code}").content, 9) for each in ELEVEN
    }
    sizes = {code: sum(map(len, parts)) + len(page) for code, page in pages.items()}
    assert {code: size for code, size in sizes.items() if size > BUDGET} == {}
    assert [name for name in ("attach", "chips") if len(gzip.compress(later_script(name).encode(), 9)) > LATER_BUDGET] == []
