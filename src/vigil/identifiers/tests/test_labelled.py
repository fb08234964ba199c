"""What is nothing by itself: numbers that the words beside them name, in every language."""

import pytest

from vigil.identifiers import Fact, read_facts
from vigil.identifiers.codes.base32 import crockford_check
from vigil.identifiers.tests.test_reading import told

UIDS = {
    "en": "my UID is 48210377",
    "zh-Hans": "用户ID：48210377",
    "zh-Hant": "我的UID是 48210377，謝謝",
    "ru": "мой айди 48210377",
    "vi": "ID người dùng của tôi là 48210377",
    "tr": "Kullanıcı kimliği: 48210377",
    "pt": "meu ID do usuário é 48210377",
    "es": "mi ID de usuario es 48210377",
    "id": "ID pengguna saya 48210377",
    "ja": "ユーザーIDは48210377です",
    "ko": "회원번호 48210377 입니다",
}
ORDERS = {
    "en": "order number: {}",
    "zh-Hans": "订单号{}没有成交",
    "zh-Hant": "訂單編號：{}",
    "ru": "номер сделки {}",
    "vi": "mã đơn hàng {}",
    "tr": "Emir numarası {}",
    "pt": "ordem {}",
    "es": "orden n.º {}",
    "id": "nomor pesanan {}",
    "ja": "注文番号：{}",
    "ko": "주문번호는 {}",
}
MEMOS = {
    "en": "destination tag: 749290527",
    "zh-Hans": "我的Memo应该是 749290527 对吧",
    "zh-Hant": "標籤 749290527",
    "ru": "мемо 749290527",
    "vi": "ghi chú: 749290527",
    "tr": "Kullandığım etiket 749290527",
    "pt": "etiqueta 749290527",
    "es": "etiqueta de destino 749290527",
    "id": "memo 749290527",
    "ja": "宛先タグ 749290527",
    "ko": "메모는 749290527",
}
PHONES = {
    "en": "my phone number is 0171 234-5678",
    "zh-Hans": "手机号：13800138000",
    "zh-Hant": "電話 0912345678",
    "ru": "телефон 8 (912) 345-67-89",
    "vi": "số điện thoại 0912345678",
    "tr": "telefon numaram 0532 123 45 67",
    "pt": "celular (11) 91234-5678",
    "es": "mi teléfono 612 345 678",
    "id": "nomor hp 0812-3456-7890",
    "ja": "電話番号 090-1234-5678",
    "ko": "휴대폰 010-1234-5678",
}


@pytest.mark.parametrize("language", UIDS)
def test_an_account_is_named_in_every_language(language: str) -> None:
    assert told(UIDS[language]) == [("uid", "48210377")]


@pytest.mark.parametrize("language", ORDERS)
def test_an_order_is_named_in_every_language(language: str) -> None:
    assert told(ORDERS[language].format("22760368")) == [("order_id", "22760368")]


@pytest.mark.parametrize("language", MEMOS)
def test_a_memo_is_named_in_every_language(language: str) -> None:
    assert told(MEMOS[language]) == [("memo", "749290527")]


@pytest.mark.parametrize("language", PHONES)
def test_a_telephone_is_named_in_every_language(language: str) -> None:
    digits = "".join(char for char in PHONES[language] if char.isdigit())
    assert told(PHONES[language]) == [("phone", digits)]


@pytest.mark.parametrize("text", ["48210377", "I waited 48210377 seconds", "error 700006", "code 123456", "+1", "12345678 USDX"])
def test_a_number_without_its_word_is_nobody_s(text: str) -> None:
    assert read_facts(text) == ()


def test_id_behind_another_word_belongs_to_that_word() -> None:
    assert told("订单 ID：22760368，用户 ID 48210377") == [("order_id", "22760368"), ("uid", "48210377")]
    assert told("用户ID48210377和UID48210377") == [("uid", "48210377"), ("uid", "48210377")]
    assert told("withdrawal ID 22760368") == [("order_id", "22760368")]


def test_what_stands_before_a_word_without_a_verb_is_not_named_by_it() -> None:
    assert told("(TRC20) memo: none") == [("network", "TRON (TRC20)")]
    assert told("48210377 uid 12345678") == [("uid", "12345678")]


def test_a_word_may_follow_its_number() -> None:
    assert told("48210377是我的UID") == [("uid", "48210377")]
    assert told("48210377 is my uid") == [("uid", "48210377")]
    assert told("48210377 (UID)") == [("uid", "48210377")]


@pytest.mark.parametrize(
    "order",
    [
        "683606826998018048",
        "C02__474250929059741696",
        "C02__683606826998018048119",
        "683606826998018048X2",
        "OKWUQF-YPJM2-DTAJHH",
        "22760368317037146918",
    ],
)
def test_what_only_orders_look_like_needs_no_word(order: str) -> None:
    assert told(f"看看{order}为什么没成交") == [("order_id", order)]


@pytest.mark.parametrize("order", ["14d82eec-204b-4c2f-b7e8-296a70dab67e", "64f0c1a2b3c4d5e6f7081920"])
def test_what_keys_look_like_too_is_an_order_only_beside_the_word(order: str) -> None:
    assert told(f"order id {order}") == [("order_id", order)]
    assert told(f"this one {order}") == []


def test_our_own_case_number_survives_how_people_copy_it() -> None:
    number = "CS-70A1B2C" + crockford_check("70A1B2C")
    for written in (number, number.lower(), number.replace("0", "O").replace("1", "l")):
        (fact,) = read_facts(f"case {written}!")
        assert (fact.kind, fact.value, fact.checked) == ("case_number", number, True)
    wrong = "CS-70A1B2D" + crockford_check("70A1B2C")
    assert read_facts(wrong) == (Fact("case_number", wrong, 0, 11, problem="checksum"),)


def test_a_memo_belongs_to_the_chain_that_the_text_names() -> None:
    assert {fact.networks for fact in read_facts("XRP, tag 12345") if fact.kind == "memo"} == {("xrp",)}
    (fact,) = read_facts("ripple tag 4294967296")
    assert (fact.kind, fact.problem) == ("memo", "length")
    (fact,) = read_facts("memo 12345")
    assert {"xrp", "ton", "stellar"} <= set(fact.networks)


def test_an_international_number_needs_no_word() -> None:
    assert told("call +86 138 0013 8000 or +1 (415) 555-0132") == [("phone", "+8613800138000"), ("phone", "+14155550132")]
    assert told("тел. 0044 20 7946 0958") == [("phone", "+442079460958")]


def test_a_mail_address_is_read_without_the_full_stop() -> None:
    assert read_facts("mail me at ada.l+x@Example.org.") == (Fact("email", "ada.l+x@example.org", 11, 30),)
    assert told("发到ada@example.com.cn吧") == [("email", "ada@example.com.cn")]
    assert told("@example.org ada@ ada@localhost") == []
