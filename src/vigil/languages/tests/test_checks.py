"""Every rule a translation is held to, with what it lets pass and what it stops."""

import pytest

from vigil.languages.catalogue.checking import check_catalogue
from vigil.languages.catalogue.checks import Rule, letters, marks, placeholders, speech, terms
from vigil.languages.catalogue.names import Name, Names, Same
from vigil.languages.catalogue.pofile import PLURAL_FORMS, Catalogue, Key, Sentence
from vigil.languages.table import get_language

NAMES = Names(
    (Name("MEXC", "the exchange's own name"), Name("TRC20", "a network"), Name("Vigil", "our own name")),
    (Same("Chat", frozenset({"id", "pt"}), "the same word there"),),
)

GOOD = [
    (placeholders.placeholders_match, "Hello %(name)s", "%(name)s, здравствуйте", "ru"),
    (placeholders.placeholders_match, "Wait {n}", "{n} 待つ", "ja"),
    (placeholders.placeholders_match, "100 %", "%100", "tr"),
    (placeholders.placeholders_match, "%(n)s of 100%%", "100%% içinden %(n)s", "tr"),
    (placeholders.tags_match, "<b>Yes</b> or <a href='/x'>no</a>", "<a href='/x'>아니요</a> 또는 <b>예</b>", "ko"),
    (letters.is_translated, "Close", "Cerrar", "es"),
    (letters.is_translated, "Chat", "Chat", "id"),
    (letters.is_translated, "MEXC", "MEXC", "vi"),
    (letters.is_translated, "%(a)s · %(b)s", "%(a)s · %(b)s", "vi"),
    (letters.latin_stays_out, "Send %(file)s to MEXC", "向MEXC发送%(file)s", "zh-Hans"),
    (letters.latin_stays_out, "<b>No</b>", "<b>いいえ</b>", "ja"),
    (letters.latin_stays_out, "Use TRC20", "Используйте TRC20", "ru"),
    (letters.latin_stays_out, "Close", "Cerrar", "es"),
    (letters.chinese_script_is_right, "Account", "账户", "zh-Hans"),
    (letters.chinese_script_is_right, "Account", "帳戶", "zh-Hant"),
    (letters.chinese_script_is_right, "Account frozen", "口座凍結", "ja"),
    (letters.is_composed, "Withdraw", "Rút tiền", "vi"),
    (letters.is_composed, "Signature", "İmza", "tr"),
    (marks.edges_match, " or ", " или ", "ru"),
    (marks.ends_alike, "Done.", "完了しました。", "ja"),
    (marks.ends_alike, "Really?", "真的吗？", "zh-Hans"),
    (marks.ends_alike, "Loading…", "Загрузка…", "ru"),
    (marks.ends_alike, "Loading…", "正在加载……", "zh-Hans"),
    (marks.ends_alike, "Say “yes.”", "“네.”", "ko"),
    (marks.ends_alike, "<b>Name:</b>", "<b>名前：</b>", "ja"),
    (marks.ends_alike, "Close", "閉じる", "ja"),
    (marks.ends_alike, "Hello %(name)s,", "%(name)s，您好！", "zh-Hans"),
    (marks.marks_fit_the_script, "Hello, friend.", "您好，朋友。", "zh-Hans"),
    (marks.marks_fit_the_script, "At 21:36", "21:36 开始", "zh-Hans"),
    (marks.marks_fit_the_script, "%(a)s, %(b)s", "%(a)s, %(b)s", "ja"),
    (marks.marks_fit_the_script, "Yes, no.", "네, 아니요.", "ko"),
    (marks.marks_fit_the_script, "Yes, no.", "Да, нет.", "ru"),
    (marks.opening_marks_are_there, "Really? Yes!", "¿De verdad? ¡Sí!", "es"),
    (marks.opening_marks_are_there, "Really?", "Правда?", "ru"),
    (marks.quotes_are_typographic, 'Press "Send"', "点击“发送”", "zh-Hans"),
    (marks.quotes_are_typographic, 'Press "Send"', "按「傳送」", "zh-Hant"),
    (marks.quotes_are_typographic, '<a href="/">Home</a>', '<a href="/">首页</a>', "zh-Hans"),
    (marks.quotes_are_typographic, "Press “Send”", "Нажмите «Отправить»", "ru"),
    (speech.speaks_politely, "Your message", "您的消息", "zh-Hans"),
    (speech.speaks_politely, "Your message. You wrote it.", "Ваше сообщение. Вы его написали.", "ru"),
    (speech.speaks_politely, "We answer you", "Мы вам ответим", "ru"),
    (speech.speaks_politely, "Your message", "Pesan Anda", "id"),
    (speech.speaks_politely, "Your message", "Mesajınız", "tr"),
    (speech.speaks_politely, "The order status", "O status da ordem", "pt"),
    (speech.speaks_politely, "Your message", "Su mensaje", "es"),
    (speech.speaks_politely, "Your message", "メッセージ", "ja"),
    (speech.speaks_politely, "Close", "Đóng", "vi"),
    (terms.uses_the_terms, "Close these conversations", "Закрыть эти беседы", "ru"),
    (terms.uses_the_terms, "Close", "Закрыть", "ru"),
    (terms.uses_the_terms, "Queue", "排队", "zh-Hans"),
]

BAD = [
    (placeholders.placeholders_match, "Hello %(name)s", "Здравствуйте, %(name)d", "ru", "lacks the placeholder %(name)s"),
    (placeholders.placeholders_match, "Hello %(name)s", "Здравствуйте", "ru", "lacks the placeholder %(name)s"),
    (placeholders.placeholders_match, "Hello", "%(name)s", "ru", "a placeholder that English has not: %(name)s"),
    (placeholders.placeholders_match, "Hello %(name)s", "%(имя)s", "ru", "%(name)s"),
    (placeholders.placeholders_match, "Wait {n}", "待つ", "ja", "lacks the placeholder {n}"),
    (placeholders.placeholders_match, "%s left", "%s осталось", "ru", "without a name"),
    (placeholders.placeholders_match, "%(n)s of 100%%", "%100 / %(n)s", "tr", "write %%"),
    (placeholders.tags_match, "<b>Yes</b>", "<b>是", "zh-Hans", "lacks the tag </b>"),
    (placeholders.tags_match, "Yes", "<i>はい</i>", "ja", "a tag that English has not"),
    (placeholders.tags_match, "<a href='/x'>no</a>", "<a href='/y'>нет</a>", "ru", "/x"),
    (letters.is_translated, "Close", "Close", "es", "is the English sentence"),
    (letters.is_translated, "Chat", "Chat", "ru", "is the English sentence"),
    (letters.is_translated, "Close MEXC", " Close MEXC ", "vi", "is the English sentence"),
    (letters.latin_stays_out, "Close", "关闭window", "zh-Hans", "window"),
    (letters.latin_stays_out, "Close", "ＯＫ", "ja", "ＯＫ"),
    (letters.latin_stays_out, "MEXCoin", "MEXCoin", "ko", "MEXCoin"),
    (letters.latin_stays_out, "Account", "Aккаунт", "ru", "A"),
    (letters.chinese_script_is_right, "Account", "帳戶", "zh-Hans", "帳"),
    (letters.chinese_script_is_right, "Account", "账户", "zh-Hant", "账"),
    (letters.chinese_script_is_right, "Network", "网络", "zh-Hant", "网"),
    (letters.is_composed, "Withdraw", "Ru\u0301t", "vi", "not composed"),
    (letters.is_composed, "Signature", "i\u0307mza", "tr", "loose dot"),
    (marks.edges_match, "or", " или", "ru", "begins with"),
    (marks.edges_match, "or ", "или", "ru", "ends with"),
    (marks.ends_alike, "Done.", "完了しました", "ja", "ends with no mark, English with ."),
    (marks.ends_alike, "Done", "Готово.", "ru", "ends with ., English with no mark"),
    (marks.ends_alike, "Really?", "真的吗。", "zh-Hans", "ends with ., English with ?"),
    (marks.ends_alike, "Name:", "Имя", "ru", "English with :"),
    (marks.marks_fit_the_script, "Hello, friend", "您好,朋友", "zh-Hans", "half-width ,"),
    (marks.marks_fit_the_script, "Really?", "本当ですか?", "ja", "half-width ?"),
    (marks.marks_fit_the_script, "Unread (%(n)s)", "未读(%(n)s)", "zh-Hans", "half-width ("),
    (marks.marks_fit_the_script, "Hello friend", "您好 朋友", "zh-Hans", "a space between"),
    (marks.marks_fit_the_script, "Wait", "请稍候...", "zh-Hans", "ellipsis"),
    (marks.marks_fit_the_script, "5 files", "５个文件", "zh-Hans", "full-width letter or digit"),
    (marks.marks_fit_the_script, "Really?", "정말요？", "ko", "full-width ？"),
    (marks.marks_fit_the_script, "Done.", "완료。", "ko", "full-width 。"),
    (marks.marks_fit_the_script, "Yes, no", "Да，нет", "ru", "full-width ，"),
    (marks.opening_marks_are_there, "Really?", "De verdad?", "es", "¿"),
    (marks.opening_marks_are_there, "Yes!", "Sí!", "es", "¡"),
    (marks.quotes_are_typographic, 'Press "Send"', '点击"发送"', "zh-Hans", "straight"),
    (marks.quotes_are_typographic, "Press 'Send'", "按'傳送'", "zh-Hant", "straight"),
    (marks.quotes_are_typographic, 'Press "Send"', 'Нажмите "Отправить"', "ru", "straight"),
    (speech.speaks_politely, "Your message", "你的消息", "zh-Hans", "write 您"),
    (speech.speaks_politely, "Your message", "妳的訊息", "zh-Hant", "write 您"),
    (speech.speaks_politely, "We answer you", "Мы Вам ответим", "ru", "small inside"),
    (speech.speaks_politely, "Your message", "твой текст", "ru", "write вы"),
    (speech.speaks_politely, "Your message", "senin mesajın", "tr", "write siz"),
    (speech.speaks_politely, "Your message", "tu mensaje", "es", "write usted"),
    (speech.speaks_politely, "Your message", "tua mensagem", "pt", "write você"),
    (speech.speaks_politely, "Your message", "pesan anda", "id", "write Anda"),
    (speech.speaks_politely, "Your message", "あなたのメッセージ", "ja", "leave the pronoun out"),
    (speech.speaks_politely, "Your message", "당신의 메시지", "ko", "leave the pronoun out"),
    (terms.uses_the_terms, "Close the conversation", "Закрыть чат", "ru", "something else than бесед"),
    (terms.uses_the_terms, "Recovery phrase", "记忆词", "zh-Hans", "助记词"),
]


@pytest.mark.parametrize(("rule", "english", "translation", "code"), GOOD)
def test_a_good_translation_passes(rule: Rule, english: str, translation: str, code: str) -> None:
    assert list(rule(english, translation, code, NAMES)) == []


@pytest.mark.parametrize(("rule", "english", "translation", "code", "complaint"), BAD)
def test_a_bad_translation_is_stopped(rule: Rule, english: str, translation: str, code: str, complaint: str) -> None:
    assert complaint in " / ".join(rule(english, translation, code, NAMES))


def _problems(code: str, found: Sentence, known: Sentence | None, *, header: str = "", unused: bool = False) -> list[str]:
    catalogue = Catalogue(get_language(code), header or PLURAL_FORMS[code])
    if known:
        (catalogue.unused if unused else catalogue.sentences)[known.key] = known
    return [problem.complaint for problem in check_catalogue(catalogue, {found.key: found}, NAMES)]


ONE = Key("%(n)s message")
MANY = Sentence(ONE, "%(n)s messages")


def test_a_sentence_that_is_missing_fuzzy_or_gone_is_a_problem() -> None:
    close = Sentence(Key("Close"))
    assert _problems("ru", close, None) == ["is not translated"]
    assert _problems("ru", close, Sentence(Key("Close"))) == ["is not translated"]
    assert _problems("ru", close, Sentence(Key("Close"), forms=("Закрыть",), is_fuzzy=True)) == ["is fuzzy"]
    assert "is no longer said anywhere" in _problems("ru", close, Sentence(Key("Open"), forms=("Открыть",)))
    assert "is no longer said anywhere" in _problems("ru", close, Sentence(Key("Close"), forms=("Закрыть",)), unused=True)
    assert _problems("ru", close, Sentence(Key("Close"), forms=("Закрыть",))) == []


def test_the_same_words_in_another_context_are_another_sentence() -> None:
    found = Sentence(Key("Open", "a conversation's state"))
    assert "is not translated" in _problems("ru", found, Sentence(Key("Open"), forms=("Открыть",)))
    assert _problems("ru", found, Sentence(found.key, forms=("Открыто",))) == []


def test_each_language_has_as_many_forms_as_it_counts() -> None:
    three = ("%(n)s сообщение", "%(n)s сообщения", "%(n)s сообщений")
    assert _problems("ru", MANY, Sentence(ONE, MANY.plural, three)) == []
    assert _problems("ru", MANY, Sentence(ONE, MANY.plural, three[:2])) == ["has 2 plural forms of 3"]
    assert _problems("ru", MANY, Sentence(ONE, MANY.plural, (*three[:2], ""))) == ["lacks a plural form"]
    assert _problems("ja", MANY, Sentence(ONE, MANY.plural, ("%(n)s件のメッセージ",))) == []
    assert _problems("tr", MANY, Sentence(ONE, MANY.plural, ("%(n)s mesaj", "%(n)s mesaj"))) == []
    assert _problems("ru", MANY, Sentence(ONE, MANY.plural, three), header="nplurals=2; plural=(n != 1);") != []


def test_a_form_for_one_number_alone_may_leave_the_number_out_if_english_does() -> None:
    found = Sentence(Key("One message"), "%(n)s messages")
    assert _problems("es", found, Sentence(found.key, found.plural, ("Un mensaje", "%(n)s mensajes"))) == []
    assert _problems("es", found, Sentence(found.key, found.plural, ("%(n)s mensaje", "%(n)s mensajes"))) == []
    # In Russian the first form is also for 21, in Brazil for 0: there the number is needed.
    russian = ("Одно сообщение", "%(n)s сообщения", "%(n)s сообщений")
    assert _problems("ru", found, Sentence(found.key, found.plural, russian)) == ["lacks the placeholder %(n)s"]
    brazilian = ("Uma mensagem", "%(n)s mensagens")
    assert _problems("pt", found, Sentence(found.key, found.plural, brazilian)) == ["lacks the placeholder %(n)s"]


def test_a_plural_that_english_changed_is_asked_for_again() -> None:
    known = Sentence(ONE, "%(n)s old messages", ("%(n)s件",))
    assert _problems("ja", MANY, known) == ["has another plural in English now: '%(n)s messages'"]
