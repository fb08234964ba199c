"""The small scripts in a real browser: filling templates, saying sentences, times, announcements, scrolling, theme, behaviours."""

import json

import pytest
from playwright.sync_api import Page

from vigil.look.tests.fake_live import FakeLive

pytestmark = pytest.mark.browser


def test_a_template_is_filled_with_text_and_never_with_markup(page: Page) -> None:
    page.set_content(
        "<template id=m><article class=msg><b data-slot=who></b><p data-slot=text></p><time data-slot=at></time></article></template>"
    )
    filled = page.evaluate("""async () => {
      const { cloneTemplate } = await import("/js/template.js");
      const text = { text: "<img src=x onerror=alert(1)>", lang: "zh-Hans", dir: "auto" };
      const slots = { who: null, text, at: { datetime: "2026-01-01T00:00:00Z" } };
      return cloneTemplate("m", slots, { "data-seq": "7" }).outerHTML;
    }""")
    assert filled == (
        '<article class="msg" data-seq="7"><p data-slot="text" lang="zh-Hans" dir="auto">&lt;img src=x onerror=alert(1)&gt;</p>'
        '<time data-slot="at" datetime="2026-01-01T00:00:00Z"></time></article>'
    )


@pytest.mark.parametrize("attribute", ["onclick", "href", "src", "style", "srcdoc"])
def test_a_template_refuses_attributes_that_could_run_something(page: Page, attribute: str) -> None:
    page.set_content("<template id=m><p data-slot=text></p></template>")
    said = page.evaluate(
        """async (name) => {
      const { cloneTemplate } = await import("/js/template.js");
      try { cloneTemplate("m", { text: { [name]: "javascript:alert(1)" } }); return ""; } catch (error) { return error.message; }
    }""",
        attribute,
    )
    assert attribute in said


def test_a_sentence_is_said_with_its_values_and_its_plural(page: Page) -> None:
    words = {"new": {"one": "%(n)s новое", "few": "%(n)s новых", "other": "%(n)s много"}, "by": "100 %% %(name)s"}
    page.set_content(f'<script type="application/json" id="words">{json.dumps(words)}</script>')
    said = page.evaluate("""async () => {
      const { wordsOfPage, say } = await import("/js/words.js");
      const words = wordsOfPage();
      const counted = [1, 3, 5].map((n) => say(words.new, { n }, "ru"));
      return [...counted, say(words.by, { name: "$& <b>" })];
    }""")
    assert said == ["1 новое", "3 новых", "5 много", "100 % $& <b>"]


def test_times_are_shown_on_the_readers_clock_even_when_they_come_later(page: Page) -> None:
    page.set_content("<main><time datetime='2026-03-01T14:02:00Z'></time></main>")
    page.evaluate("""async () => {
      const { showLocalTimes } = await import("/js/local_time.js");
      const main = document.querySelector("main");
      window.stop = showLocalTimes(main, { language: "ru" });
      const later = "<p><time datetime='2026-03-01T23:30:00Z' data-show='date'></time><time datetime='nonsense'>kept</time></p>";
      main.insertAdjacentHTML("beforeend", later);
    }""")
    page.wait_for_timeout(50)
    assert page.locator("time").all_text_contents() == ["22:02", "2 марта", "kept"]
    assert "Шанхай" in str(page.locator("time").first.get_attribute("title")) or "GMT+8" in str(
        page.locator("time").first.get_attribute("title")
    )


def test_an_announcement_is_heard_even_when_it_repeats(page: Page) -> None:
    page.evaluate("""async () => {
      const { announce } = await import("/js/announce.js");
      window.said = [];
      announce("Reconnected.");
      const region = document.querySelector("[role=status]");
      new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true });
      setTimeout(() => announce("Reconnected."), 100);
      announce("Removed.", { urgent: true });
    }""")
    page.wait_for_timeout(300)
    assert page.evaluate("said") == ["Reconnected.", "", "Reconnected."]
    assert page.locator("[role=alert]").text_content() == "Removed."


@pytest.mark.parametrize("direction", ["column", "column-reverse"])
def test_the_newest_words_stay_in_sight_unless_one_reads_further_up(page: Page, direction: str) -> None:
    page.set_content("<div id=s><div></div></div>")
    scroller = f"#s {{ block-size: 200px; overflow: auto; display: flex; flex-direction: {direction} }}"
    page.add_style_tag(content=f"{scroller} #s > div {{ flex: none }} p {{ block-size: 40px; margin: 0 }}")
    page.evaluate("""async () => {
      const { stickToBottom } = await import("/js/stick_to_bottom.js");
      window.s = document.getElementById("s");
      const words = () => Object.assign(document.createElement("p"), { textContent: "words" });
      window.add = (where, n) => { for (let i = 0; i < n; i += 1) s.firstElementChild[where](words()); };
      window.top_of = (p) => Math.round(p.getBoundingClientRect().top);
      add("append", 20);
      window.away = [];
      window.stick = stickToBottom(s, (is) => away.push(is));
    }""")
    page.wait_for_timeout(50)
    page.evaluate("add('append', 3)")
    page.wait_for_timeout(50)
    assert page.evaluate("stick.isAtBottom()")
    page.evaluate("() => { s.scrollTop -= 300; window.read = document.elementFromPoint(20, s.getBoundingClientRect().top + 60); }")
    page.wait_for_timeout(50)
    before = page.evaluate("top_of(read)")
    page.evaluate("add('append', 4)")
    page.wait_for_timeout(50)
    page.evaluate("add('prepend', 5)")
    page.wait_for_timeout(50)
    assert page.evaluate("top_of(read)") == before
    assert page.evaluate("away") == [True]
    page.evaluate("stick.toBottom()")
    page.wait_for_timeout(50)
    assert page.evaluate("away") == [True, False]


def test_a_chosen_theme_is_kept_and_shown_before_the_first_paint(page: Page, server: FakeLive) -> None:
    page.evaluate("async () => (await import('/js/theme.js')).chooseTheme('dark')")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.goto(server.address)
    page.add_script_tag(url="/js/theme_first.js")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.evaluate("async () => (await import('/js/theme.js')).chooseTheme('system')")
    assert page.evaluate("document.documentElement.dataset.theme ?? null") is None


def test_behaviours_come_with_their_elements_and_leave_with_them(page: Page) -> None:
    page.set_content("<main><i data-behaviour='a'></i></main>")
    page.evaluate("""async () => {
      const { attachBehaviours } = await import("/js/behaviours.js");
      window.log = [];
      const named = (name) => (element) => { log.push(`+${name}`); return () => log.push(`-${name}`); };
      attachBehaviours({ a: named("a"), b: named("b") });
    }""")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<p><i data-behaviour=\"a b unknown\"></i></p>')")
    page.evaluate("() => { const p = document.querySelector('p'); document.body.append(p); }")
    page.wait_for_timeout(20)
    assert page.evaluate("log") == ["+a", "+a", "+b"]
    page.evaluate("document.querySelector('p').remove()")
    page.wait_for_timeout(20)
    assert page.evaluate("log") == ["+a", "+a", "+b", "-a", "-b"]


def test_a_field_grows_with_its_words_where_style_alone_cannot_do_it(page: Page) -> None:
    heights = page.evaluate(
        """async () => {
  const { grow } = await import("/js/growing.js");
  CSS.supports = () => false;
  const style = "box-sizing: border-box; padding: 10px; border: 1px solid; max-height: 200px";
  document.body.innerHTML = `<textarea rows="1" style="${style}"></textarea>`;
  const field = document.querySelector("textarea");
  return ["one", "one\\ntwo\\nthree", "x\\n".repeat(50), ""].map((words) => {
    field.value = words;
    grow(field);
    return [field.offsetHeight, field.scrollHeight > field.clientHeight];
  });
}"""
    )
    assert [hides for _, hides in heights] == [False, False, True, False]
    assert heights[0] == heights[3]
    assert heights[0][0] < heights[1][0] < heights[2][0] == 200
