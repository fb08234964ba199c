"""A whole text: what stands in it, where, and what is left alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigil.identifiers import Fact, read_facts
from vigil.identifiers.tests import makers

# Of EIP-55 itself.
MIXED = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
TXID = makers.payload(7, 32).hex()


def told(text: str) -> list[tuple[str, str]]:
    return [(fact.kind, fact.value) for fact in read_facts(text)]


def test_an_address_in_a_sentence_is_read_with_its_place() -> None:
    text = f"Я отправил на {MIXED}, спасибо"
    (fact,) = read_facts(text)
    assert (fact.kind, fact.value, fact.checked, fact.problem) == ("address", MIXED, True, None)
    assert text[fact.start : fact.end] == MIXED
    assert fact.networks[0] == "ethereum"


@pytest.mark.parametrize("name", makers.CHECKED)
@pytest.mark.parametrize("text", ["{}", "my address is {}.", "地址是{}，请查收", "адрес:{}\n", "({})", "주소는 {}입니다"])
def test_every_chain_s_address_is_found_in_a_sentence(name: str, text: str) -> None:
    address = makers.CHECKED[name](5)
    whole = text.format(address)
    (fact,) = read_facts(whole)
    assert (fact.kind, fact.checked, whole[fact.start : fact.end]) == ("address", True, address)


def test_a_mistyped_address_is_told_as_one() -> None:
    (fact,) = read_facts(MIXED.replace("5aA", "5aa"))
    assert (fact.checked, fact.problem) == (False, "checksum")


@pytest.mark.parametrize("cut", ["\n", " ", "\r\n"])
def test_an_address_that_a_line_has_cut_is_joined_when_it_adds_up(cut: str) -> None:
    text = f"to {MIXED[:20]}{cut}{MIXED[20:]} please"
    (fact,) = read_facts(text)
    assert (fact.value, fact.checked) == (MIXED, True)
    assert text[fact.start : fact.end] == MIXED[:20] + cut + MIXED[20:]


def test_typography_hides_no_address_and_places_are_those_of_the_text_given() -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) for char in MIXED)
    split = MIXED[:10] + "\u200b\u2060" + MIXED[10:]
    for written in (wide, split):
        text = f"①地址：{written}。"
        (fact,) = read_facts(text)
        assert (fact.value, fact.checked) == (MIXED, True)
        assert text[fact.start : fact.end] == written


def test_what_safety_left_of_a_secret_is_no_fact() -> None:
    assert read_facts("⟦hidden:private_key⟧ ⟦hidden:card⟧@example.org") == ()
    assert read_facts("uid ⟦hidden:card⟧12345678") == ()
    assert read_facts("⟦hidden:card⟧uid 12345678") == (Fact("uid", "12345678", 17, 25),)


@pytest.mark.parametrize(
    "text",
    [
        TXID,
        f"here it is {TXID}",
        "0x" + TXID,
        f"private key: {TXID}",
        f"приватный ключ {TXID} от кошелька",
        f"txid, no sorry, private key: {TXID}",
        f"私钥 {TXID}",
        makers.base58(makers.payload(1, 64)),
        "S" + makers.stellar(1)[1:],
        "abandon ability able about above absent absorb abstract absurd abuse access accident",
    ],
)
def test_what_may_be_a_key_is_never_a_fact(text: str) -> None:
    assert read_facts(text) == ()


@pytest.mark.parametrize(
    "label",
    ["TXID: ", "tx hash ", "交易哈希：", "хеш транзакции ", "mã giao dịch: ", "İşlem kimliği: ", "トランザクションID：", "거래 해시 "],
)
def test_a_label_makes_a_transaction_of_what_may_be_a_key(label: str) -> None:
    (fact,) = read_facts(label + TXID)
    assert (fact.kind, fact.value, fact.networks[0], fact.checked) == ("txid", TXID, "bitcoin", False)
    (fact,) = read_facts(f"{label}0x{TXID}")
    assert (fact.kind, fact.value, fact.networks[0]) == ("txid", "0x" + TXID, "ethereum")


def test_a_transaction_of_solana_has_the_length_of_a_key_and_needs_its_label_too() -> None:
    signature = makers.base58(b"\x01" + makers.payload(3, 63))
    (fact,) = read_facts(f"my tx is {signature}")
    assert (fact.kind, fact.networks) == ("txid", ("solana",))


def test_a_named_chain_comes_first_among_the_possible_ones() -> None:
    facts = {fact.kind: fact for fact in read_facts(f"sent 50 USDT by BEP20 to {MIXED}, tx 0x{TXID}")}
    assert facts["address"].networks[0] == "bsc"
    assert facts["txid"].networks[0] == "bsc"
    facts = {fact.kind: fact for fact in read_facts(f"2400 XRP, TXID {TXID}")}
    assert facts["txid"].networks[0] == "xrp"
    (fact,) = read_facts(f"入金したTONが反映されません。TXID {TXID}")
    assert fact.networks[0] == "ton"


def test_a_message_tells_all_that_it_holds_in_order() -> None:
    tron = makers.base58check("41", 9)
    assert told(f"UID 48210377 withdrawal 640 USDT trc20 to {tron}. order 683606826998018048, mail ada@example.org") == [
        ("uid", "48210377"),
        ("amount", "640 USDT"),
        ("network", "TRON (TRC20)"),
        ("address", tron),
        ("order_id", "683606826998018048"),
        ("email", "ada@example.org"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Thank you so much for your help, I really have no idea what to do.",
        "I need to order a new card, can you tell me how long it takes? It has been 3 days.",
        "谢谢，我等了3个小时了，到底什么时候能处理？",
        "Спасибо, жду уже 40 минут",
        "cuộn tròn, học BSc, 2d và 30d",
        "My name is Link, near the base of the tree. One sun, not hot.",
        "version 1.2.3 from 203.0.113.48, error 700006",
    ],
)
def test_ordinary_words_hold_no_facts(text: str) -> None:
    assert read_facts(text) == ()


_PIECES = st.sampled_from(
    [
        MIXED,
        TXID,
        "uid ",
        "12345678",
        "TXID: ",
        "500 USDT",
        " ",
        "\n",
        "，",
        "BTC/USDT",
        "⟦hidden:card⟧",
        "memo 9",
        "\u200b",
        "é",
        "가",
        "ﬁ",
        "23.11.2026",
        "@",
        ".",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=30).map("".join)))
def test_facts_stand_in_order_apart_and_inside_the_text(text: str) -> None:
    end = 0
    for fact in read_facts(text):
        assert end <= fact.start < fact.end <= len(text)
        assert fact.value
        end = fact.end


@settings(max_examples=100, deadline=None)
@given(st.lists(_PIECES, max_size=30).map("".join))
def test_reading_what_was_told_tells_the_same_again(text: str) -> None:
    for fact in read_facts(text):
        if fact.kind in {"address", "amount", "pair", "email"} and fact.problem is None:
            assert (fact.kind, fact.value) in told(fact.value)


@pytest.mark.parametrize("before", ["", "a ", "é" * 40 + " ", "ㅎ한글 " * 9, "１２, ", "x" * 17 + " / "])
@pytest.mark.parametrize("behind", ["", " " + "한" * 30, "!", " perpetual of mine", " and ｅｔｈ", "\u200b\u200b..."])
@pytest.mark.parametrize("written", ["1000000PEPE / USDT-SWAP", "btcusdt", "ＢＴＣ/ＵＳＤＴ", "BTCUSD_261225", "ETH-BTC 무기한"])
def test_a_pair_is_found_wherever_it_stands(before: str, written: str, behind: str) -> None:
    text = f"{before}{written}{behind}"
    (fact,) = (fact for fact in read_facts(text) if fact.kind == "pair")
    assert text[fact.start : fact.end].startswith(written)
