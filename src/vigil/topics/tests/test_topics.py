"""What words are about, in eleven languages; and every way in which a file of topics is refused by name."""

import time
from pathlib import Path

import pytest
from django.utils import translation

from vigil.identifiers import Fact
from vigil.topics import queries, tree
from vigil.topics.facts import each_once, fact_name, named, short
from vigil.topics.rules import Concept, Ear, Lines, guess_topic, plain

STORIES = {
    "en": ("I withdrew 500 USDT two hours ago and it has not arrived", "I forgot the memo when I deposited XRP"),
    "zh-Hans": ("我两个小时前提币，到现在还没到账", "充值的时候忘记填标签了"),
    "zh-Hant": ("我兩個小時前提領，到現在還沒入帳", "入金的時候忘記填標籤了"),
    "ru": ("Два часа назад сделал вывод, деньги не пришли", "Пополнил XRP и забыл указать тег"),
    "vi": ("Mình rút tiền hai tiếng rồi mà chưa nhận được", "Mình nạp XRP mà quên điền memo"),
    "tr": ("İki saat önce çekim yaptım, hâlâ gelmedi", "XRP yatırırken etiket yazmayı unuttum"),
    "pt": ("Fiz um saque há duas horas e não chegou", "Depositei XRP e esqueci a tag"),
    "es": ("Hice un retiro hace dos horas y no me llega", "Deposité XRP y olvidé la etiqueta"),
    "id": ("Saya tarik saldo dua jam lalu tapi belum masuk", "Saya setor XRP tapi lupa isi memo"),
    "ja": ("2時間前に出金しましたが、まだ届いていません", "XRPの入金でタグを入れ忘れました"),
    "ko": ("두 시간 전에 출금했는데 아직 안 들어왔어요", "XRP 입금할 때 태그를 안 넣었어요"),
}


@pytest.mark.parametrize("language", STORIES)
def test_a_story_is_heard_in_every_language(language: str) -> None:
    late, untagged = (queries.guess_topic(story, language) for story in STORIES[language])
    assert late is not None
    assert untagged is not None
    assert (late.key, untagged.key) == ("withdrawal-pending", "deposit-memo")


@pytest.mark.parametrize("text", ["", "hello", "Good morning, are you there?", "500 USDT", "在不在", "withdraw", "😀" * 50, "\u202e" * 50])
def test_what_says_nothing_yet_is_left_open(text: str) -> None:
    assert queries.guess_topic(text) is None


def test_the_matter_that_is_told_first_is_the_matter() -> None:
    there = queries.guess_topic("Withdrew from you, sent it as a deposit elsewhere, it has not arrived", "en")
    here = queries.guess_topic("Deposited here by a withdrawal elsewhere, it has not arrived", "en")
    assert there
    assert here
    assert (there.key, here.key) == ("withdrawal-pending", "deposit-not-credited")


def test_a_word_is_heard_whole_and_one_with_a_star_however_it_ends() -> None:
    ear = Ear([Concept("fee", {"en": ("fee",)}), Concept("deposit", {"en": ("deposit*",)})], ["en"])
    assert ear.hear("feeling deposited") == {"deposit": 9}
    assert ear.hear("The FEE, again a fee!") == {"fee": 5}
    assert ear.hear("redeposit coffee") == {}


def test_vietnamese_is_heard_by_its_accents_unless_there_are_none_at_all() -> None:
    ear = Ear([Concept("code", {"vi": ("mã",)})], ["vi"])
    assert ear.hear("nhưng mà tiền đâu") == {}
    assert ear.hear("không nhận được mã") != {}
    assert ear.hear("chua nhan duoc ma") != {}


def test_scripts_without_spaces_are_heard_anywhere_and_beside_latin_letters() -> None:
    ear = Ear([Concept("app", {"zh-Hans": ("app",)}), Concept("open", {"zh-Hans": ("打不开",)})], ["zh-Hans"])
    assert set(ear.hear("我的App打不开了")) == {"app", "open"}
    assert plain("２ＦＡコード") == " 2fa コード "


def test_two_topics_that_are_heard_alike_are_none() -> None:
    lines = {"one": Lines((("a", "b"),)), "other": Lines((("a", "b"),))}
    assert guess_topic({"a": 1, "b": 5}, lines, {"a": 1.0, "b": 1.0}) is None


def test_every_topic_can_be_heard_and_has_its_names() -> None:
    for language in STORIES:
        with translation.override(language.lower()):
            rows = [row for group in queries.list_groups() for row in group.topics]
        assert len(rows) == len({row.name for row in rows}) == len(queries.topics().topics)
    assert [topic.key for topic in queries.topics().topics if not topic.lines.when] == ["other"]


def test_a_topic_of_yesterday_is_named_by_its_key_and_needs_nothing() -> None:
    assert queries.topic_name("gone") == "gone"
    assert not queries.is_topic("gone")
    assert queries.facts_needed("gone") == ()
    assert queries.facts_needed("deposit-memo")[0] == "uid"
    with translation.override("en-xa"):
        assert queries.topic_name("fees") == "Fees"


def test_hearing_costs_little_however_long_the_words_are() -> None:
    queries.guess_topic("warm up", "en")
    for text in ("withdraw " * 10_000, "提币" * 20_000, "a" * 80_000, "not " * 20_000):
        began = time.perf_counter()
        queries.guess_topic(text)
        assert time.perf_counter() - began < 0.1


def test_a_long_fact_shows_how_it_begins_and_ends() -> None:
    assert short("a1979ac06076b6412c21f7882e00bcf0baf3f790ea4db800ac36b70aeeb5289e") == "a1979a…b5289e"
    assert named(Fact("uid", "48213377", 0, 8)) == "UID 48213377"
    assert named(Fact("amount", "500 USDT", 0, 8)) == "500 USDT"
    assert fact_name("a kind of tomorrow") == "a kind of tomorrow"


def test_what_is_said_twice_is_one_fact() -> None:
    first, again, other = Fact("uid", "1", 0, 1), Fact("uid", "1", 5, 6), Fact("memo", "1", 9, 10)
    assert each_once([first, again, other]) == [first, other]


SOUND = """
[[groups]]
key = "all"
names = {en = "All"}
[[topics]]
key = "late"
group = "all"
names = {en = "Late"}
facts = ["txid"]
when = [["late"]]
near = []
[words.late]
en = "late, too late"
"""


@pytest.mark.parametrize(
    ("good", "bad", "why"),
    [
        ('group = "all"', 'group = "none"', "topics.late.group names none"),
        ('facts = ["txid"]', 'facts = ["shoe"]', "topics.late.facts names shoe"),
        ('when = [["late"]]', 'when = [["early"]]', "topics.late.when names early"),
        ("near = []", 'near = ["early"]', "topics.late.when names early"),
        ("near = []", "", "takes exactly"),
        ('names = {en = "Late"}', 'names = {ko = "Late"}', "says nothing in en"),
        ('key = "late"', f'key = "{"x" * 49}"', "more than 48 letters"),
        ('when = [["late"]]', 'when = "late"', "takes a list"),
        ('[words.late]\nen = "late, too late"', "[words]\nlate = 3", "is a section"),
        ("[[groups]]", "groups = 3\n[[others]]", "takes exactly"),
        ("[[topics]]", "[[topics", "late.toml"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused_by_name(tmp_path: Path, good: str, bad: str, why: str) -> None:
    path = tmp_path / "late.toml"
    path.write_text(SOUND, encoding="utf-8")
    assert tree.read_tree(path, ["en"]).topics[0].key == "late"
    assert good in SOUND
    path.write_text(SOUND.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(tree.BadTopics, match=r"late\.toml") as refused:
        tree.read_tree(path, ["en"])
    assert why in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(tree.BadTopics, match=r"none\.toml"):
        tree.read_tree(tmp_path / "none.toml", ["en"])
    path = tmp_path / "twice.toml"
    path.write_text(SOUND + SOUND.split("[words", maxsplit=1)[0], encoding="utf-8")
    with pytest.raises(tree.BadTopics):
        tree.read_tree(path, ["en"])
