"""What a phone loads is made smaller, and still says and does the same."""

import gzip
import re

import pytest
from django.test import Client

from vigil.faces.widget.assets import frame_script, frame_sheet, later_script
from vigil.faces.widget.shrinking import joined, names_at_the_top, shrink, shrink_page, shrink_sheet
from vigil.languages.table import ELEVEN
from vigil.workspace.profile import profile

BUDGET = 25 * 1024
LATER_BUDGET = 3 * 1024


def _shrunk(script: str, **imported: str) -> str:
    return joined([*shrink(script, imported, names_at_the_top()).statements, "use($a,$b,$c,$d);"]).removesuffix("use($a,$b,$c,$d);")


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("const first = 1;", "const $a=1;"),
        ("function add(one, other) {\n  // Why.\n  return one + other;\n}", "function $a(a,b){return a+b}"),
        (
            "const show = ({ site, other: place = document.title }) => ({ site, place });",
            "const $a=({site:a,other:b=document.title})=>({site:a,place:b});",
        ),
        ("const list = all.map((each) => each.name);", "const $a=all.map(a=>a.name);"),
        ("const ask = async (fresh) => fetch(fresh);", "const $a=async(a)=>fetch(a);"),
        ("const path = `/a/${site}/b${{ site }.site}`;", "const $a=`/a/${site}/b${{site}.site}`;"),
        ("const mark = /a[/]b  c/g, half = one / 2 / 3;", "const $a=/a[/]b  c/g,half=one/2/3;"),
        ('const words = "a  // b";', 'const $a="a  // b";'),
        ("const sum = (a, b) => a - -b;", "const $a=(a,b)=>a- -b;"),
        (
            "class Box extends Object {\n  #kept = 1;\n  open = null;\n\n  get size() {\n    return this.#kept;\n  }\n\n"
            "  async take(open) {\n    return open;\n  }\n}",
            "class $a extends Object{#a=1;open=null;get size(){return this.#a}\nasync take(a){return a}}",
        ),
        ("try {\n  go();\n} catch (error) {\n  stop(error);\n}", "try{go()}catch(a){stop(a)}"),
    ],
)
def test_a_script_gets_shorter_names_where_only_it_can_see_them(written: str, sent: str) -> None:
    assert _shrunk(written) == sent


def test_what_is_imported_is_called_as_its_own_module_calls_it() -> None:
    assert _shrunk("const said = say(say.length);", say="$z") == "const $a=$z($z.length);"


def test_what_nobody_calls_is_left_out_with_what_it_alone_needs() -> None:
    free = names_at_the_top()
    module = shrink("const deep = 1;\nfunction idle() { return deep; }\nfunction used() { return idle.name; }\nlet never = idle;", {}, free)
    assert joined([*module.statements, "go();"]) == "go();"
    assert joined([*module.statements, f"go({module.names['used']});"]).count("function") == 2
    assert "let" not in joined([*module.statements, f"go({module.names['used']});"])


@pytest.mark.parametrize("broken", ["const a = `b", "const a = @;", 'const a = "b\n";'])
def test_what_cannot_be_read_is_refused_and_not_guessed(broken: str) -> None:
    with pytest.raises(SyntaxError):
        shrink(broken, {}, names_at_the_top())


def test_a_sheet_keeps_its_selectors_and_the_tokens_it_reads() -> None:
    assert (
        shrink_sheet(":root { --used: 1px; --idle: 2px; }\n.a :is(b, c) { inset: var(--used); }")
        == ":root{--used:1px}.a :is(b,c){inset:var(--used)}"
    )


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


@pytest.mark.django_db
def test_everything_of_the_frame_stays_below_25_kib_in_every_language(client: Client) -> None:
    parts = [gzip.compress(each.encode(), 9) for each in (frame_script(), frame_sheet())]
    parts.append(gzip.compress(client.get("/brand.css").content, 9))
    pages = {
        each.code: gzip.compress(client.get(f"/widget/frame?site={profile().sites[0].key}&lang={each.code}").content, 9) for each in ELEVEN
    }
    sizes = {code: sum(map(len, parts)) + len(page) for code, page in pages.items()}
    assert {code: size for code, size in sizes.items() if size > BUDGET} == {}
    assert len(gzip.compress(later_script("attach").encode(), 9)) <= LATER_BUDGET
