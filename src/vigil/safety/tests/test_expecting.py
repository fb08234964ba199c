"""Who was asked for a transaction hash and answers with one is not asked what it is."""

import pytest

from vigil.safety.commands import screen_asking
from vigil.safety.refusals import NeedsChoice
from vigil.safety.tests import makers

HASH = makers.hex64(7)
ASKED = (
    "To find your transfer I need its TXID. A TXID is public; please never send passwords, codes or a recovery phrase.",
    "Could you give me the transaction hash, please?",
    "麻烦您提供一下交易哈希，谢谢。",
    "麻煩您提供交易雜湊，謝謝。",
    "Пришлите, пожалуйста, хеш транзакции.",
    "Anh/chị gửi giúp em mã băm giao dịch ạ.",
    "İşlem hash’ini paylaşır mısınız?",
    "Por favor, envie o hash da transação.",
    "¿Me comparte el hash de la transacción, por favor?",
    "Boleh kirim hash transaksinya, Kak?",
    "トランザクションハッシュをお知らせください。",
    "트랜잭션 해시를 알려 주세요.",
)


def kept(text: str, *said: tuple[bool, str]) -> bool:
    try:
        return screen_asking(text, meant="", said=lambda: said).text == text
    except NeedsChoice:
        return False


@pytest.mark.parametrize("ours", ASKED)
def test_a_bare_code_is_the_hash_that_was_asked_for_in_any_language(ours: str) -> None:
    assert kept(HASH, (True, ours))
    assert kept(f"0x{HASH}", (False, "one moment"), (True, "Take your time."), (True, ours))
    assert kept(f"here it is: {HASH}", (True, ours))


@pytest.mark.parametrize(
    "said",
    [
        (),
        ((True, "Hello, how can I help?"),),
        ((True, "Which order or address is it?"),),
        ((False, "you want my TXID?"),),
        # Somebody speaks of a key meanwhile, or showed one.
        ((False, "my private key is next"), (True, ASKED[0])),
        ((False, "⟦hidden:private_key⟧"), (True, ASKED[0])),
        # We have asked other things since.
        ((True, "And your UID?"), (True, "Which network?"), (True, "When was it?"), (True, ASKED[0])),
    ],
    ids=lambda said: str(len(said)),
)
def test_a_bare_code_that_answers_nothing_of_ours_is_asked_about(said: tuple[tuple[bool, str], ...]) -> None:
    assert not kept(HASH, *said)


def test_an_answer_that_speaks_of_a_key_or_holds_two_codes_is_no_plain_answer() -> None:
    asked = (True, ASKED[0])
    assert not kept(f"{HASH}\n{makers.hex64(9)}", asked)
    assert not kept(
        f"I have only this from my wallet, the private key was somewhere else, I think on the other page of it all, see: {HASH}", asked
    )
    assert HASH not in screen_asking(f"private key {HASH}", meant="", said=lambda: (asked,)).text
