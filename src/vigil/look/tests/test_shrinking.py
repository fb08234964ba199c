"""Our own scripts, sheets and pages are made smaller, and still say and do the same."""

import pytest

from vigil.look.shrinking import joined, names_at_the_top, shrink, shrink_page, shrink_sheet
from vigil.look.shrinking.together import parts_of, put_together, put_together_to_import

MODULES = {
    "a/page.js": 'import { draw, size as big } from "./draw.js";\nimport { kept } from "../b/kept.js";\n\ndraw(kept, big);\n',
    "a/draw.js": 'import { kept } from "../b/kept.js";\n\nexport const size = 2;\nexport function draw(one) {\n  go(one, kept);\n}\n',
    "b/kept.js": "export const kept = new Map();\n",
}


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
        ("const named = { true: 1, no: one ? true : false };", "let $a={true:1,no:one?!0:!1};"),
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


def test_a_page_loses_only_line_breaks_and_indentation() -> None:
    assert shrink_page("<p>one <b>two</b>\n  </p>\n") == "<p>one <b>two</b></p>"


def test_a_script_is_put_together_from_its_modules_each_once_after_those_it_imports() -> None:
    assert put_together("a/page.js", MODULES.__getitem__) == "let $a=new Map(),$b=2;function $c(a){go(a,$a)}$c($a,$b);"
    assert parts_of("a/page.js", MODULES.__getitem__) == set(MODULES)
    assert put_together_to_import("b/kept.js", MODULES.__getitem__) == "let $a=new Map();export{$a as kept};"


@pytest.mark.parametrize(
    "module",
    [
        'import { nothing } from "../b/kept.js";\n\nnothing();\n',
        'import all from "../b/kept.js";\n\nall();\n',
        "function get(one) {\n  return one;\n}\n\nget(1);\n",
        "function show(name) {\n  go(name);\n}\n\nshow(name);\n",
    ],
)
def test_what_could_come_to_mean_something_else_is_refused(module: str) -> None:
    with pytest.raises(SyntaxError, match=r"a/page\.js|b/kept\.js"):
        put_together("a/page.js", {**MODULES, "a/page.js": module}.__getitem__)
