"""Facts as programs read them: one spelling for what is the same, and whether it adds up."""

import pytest

from vigil.identifiers.telling import tell_facts

USDT_CONTRACT = "0xdAC17F958D2ee523a2206206994597C13D831ec7"


def one(text: str) -> dict[str, object]:
    (fact,) = tell_facts(text)
    return fact


def test_a_fact_is_told_with_its_place_and_its_spelling() -> None:
    assert one("订单C02__474250929059741696没到") == {
        "kind": "order_id",
        "value": "C02__474250929059741696",
        "canonical": "C02__474250929059741696",
        "chains": [],
        "checksum": "none",
        "start": 2,
        "end": 25,
    }


@pytest.mark.parametrize(
    ("one_writing", "another"),
    [
        ("EQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPrHF", "UQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPuwA"),
        ("15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5", "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"),
        (USDT_CONTRACT, USDT_CONTRACT.lower()),
        ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
        ("txid " + "AB" * 32, "tx hash: " + "ab" * 32),
        ("BTC_USDT", "btc/usdt"),
        ("XBT/USD", "BTC-USD"),
        ("order id 14D82EEC-204B-4c2f-b7e8-296a70dab67e", "order id 14d82eec-204b-4c2f-b7e8-296a70dab67e"),
        ("Ada@Example.ORG", "ada@example.org"),
        ("+44 (0)20 7946 0958", "+44 20 7946 0958"),
    ],
)
def test_two_writings_of_the_same_are_told_as_one(one_writing: str, another: str) -> None:
    assert one(one_writing)["canonical"] == one(another)["canonical"]


def test_the_case_of_an_address_without_one_is_filled_in_and_proves_nothing() -> None:
    assert (one(USDT_CONTRACT.lower())["canonical"], one(USDT_CONTRACT.lower())["checksum"]) == (USDT_CONTRACT, "none")
    assert one(USDT_CONTRACT)["checksum"] == "ok"
    assert one(USDT_CONTRACT.replace("dAC", "dac"))["checksum"] == "failed"
    assert one(USDT_CONTRACT.lower().replace("0x", "0X"))["checksum"] == "failed"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("手机号：138 0013 8000", "+8613800138000"),
        ("電話 0912345678", "+886912345678"),
        ("телефон 8 (912) 345-67-89", "+79123456789"),
        ("số điện thoại 0912345678", "+84912345678"),
        ("telefon numaram 0532 123 45 67", "+905321234567"),
        ("celular (11) 91234-5678", "+5511912345678"),
        ("mi teléfono 612 345 678", "+34612345678"),
        ("nomor hp 0812-3456-7890", "+6281234567890"),
        ("電話番号 090-1234-5678", "+819012345678"),
        ("휴대폰 010-1234-5678", "+821012345678"),
        ("my phone number is 0171 234-5678", None),
    ],
)
def test_a_number_from_home_is_one_of_the_world_where_the_words_say_which_home(text: str, number: str | None) -> None:
    assert (one(text)["kind"], one(text)["canonical"]) == ("phone", number)


def test_what_can_mean_two_things_has_no_spelling() -> None:
    assert (one("tôi chuyển 1.234 USDT")["value"], one("tôi chuyển 1.234 USDT")["canonical"]) == ("1.234 USDT", None)


def test_a_text_that_is_nothing_but_a_code_is_asked_about_as_one() -> None:
    assert (one("0.0.4521")["kind"], one("0.0.4521")["chains"]) == ("address", ["hedera"])
    assert one(" 0.0.1 ")["start"] == 1
    assert tell_facts("the app is version 0.0.1 now") == []
    assert tell_facts("ab" * 32) == []


def test_what_a_program_did_not_ask_for_is_not_told() -> None:
    assert [fact["kind"] for fact in tell_facts("TRC20, 12:04 UTC, 500 USDT")] == ["amount"]
    assert one("mxusdt")["canonical"] == "MX/USDT"
