"""Pairs, chains, moments and links."""

import pytest

from vigil.identifiers import read_facts
from vigil.identifiers.tests import makers
from vigil.identifiers.tests.test_reading import told

TXID = makers.payload(8, 32).hex()


@pytest.mark.parametrize(
    ("written", "pair"),
    [
        ("BTC/USDT", "BTC/USDT"),
        ("BTCUSDT", "BTC/USDT"),
        ("btcusdt", "BTC/USDT"),
        ("BTC_USDT", "BTC/USDT"),
        ("btc-usdt", "BTC/USDT"),
        ("btc usdt", "BTC/USDT"),
        ("ETHBTC", "ETH/BTC"),
        ("USDCUSDT", "USDC/USDT"),
        ("XBTUSDTM", "BTC/USDT PERP"),
        ("BTC-USDT-SWAP", "BTC/USDT PERP"),
        ("BTCUSDT.P", "BTC/USDT PERP"),
        ("BTC_USDT 永续", "BTC/USDT PERP"),
        ("btc usdt 무기한", "BTC/USDT PERP"),
        ("BTC兑USDT", "BTC/USDT"),
        ("BTC-PERP", ""),
        ("BTC-USD-240927", "BTC/USD 240927"),
        ("1000PEPEUSDT", "1000PEPE/USDT"),
        ("TERNO/USDT", "TERNO/USDT"),
        ("QUILLUSDT", "QUILL/USDT"),
        ("and/or", ""),
        ("USDT-TRC20", ""),
        ("subusd", ""),
        ("0.5 BTC USDT", ""),
    ],
)
def test_a_pair_is_known_by_every_spelling(written: str, pair: str) -> None:
    assert [fact.value for fact in read_facts(f"我的{written}仓位") if fact.kind == "pair"] == ([pair] if pair else [])


@pytest.mark.parametrize("text", ["long BTC/USDT", "sold 2 BTC/USDT", "for BTC_USDT", "eth btc/usdt", "BTC/USDT."])
def test_a_word_before_a_pair_takes_nothing_from_it(text: str) -> None:
    assert [fact.value for fact in read_facts(text) if fact.kind == "pair"] == ["BTC/USDT"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("TRC20", "tron"),
        ("trc-20", "tron"),
        ("ERC 20", "ethereum"),
        ("via BEP20", "bsc"),
        ("BNB Smart Chain", "bsc"),
        ("Arbitrum One", "arbitrum"),
        ("Solana", "solana"),
        ("USDT-TRC20", "tron"),
        ("USDT/TRC20", "tron"),
        ("走波场", "tron"),
        ("через сеть TON", "ton"),
        ("Base network", "base"),
        ("rede Polygon", "polygon"),
        ("Solana ağı", "solana"),
        ("이더리움 네트워크", "ethereum"),
        ("ソラナ", "solana"),
        ("jaringan XRP", "xrp"),
        ("mạng Bitcoin", "bitcoin"),
        ("Avalanche C-Chain", "avalanche"),
        ("network: op", "optimism"),
    ],
)
def test_a_chain_is_known_by_its_names(text: str, key: str) -> None:
    (fact,) = read_facts(text)
    assert (fact.kind, fact.networks) == ("network", (key,))


@pytest.mark.parametrize(
    "text", ["it is near the base", "ton of work", "bitcoin price", "BSc degree", "tròn", "tron.example.org", "x@solana.com"]
)
def test_a_word_that_is_also_a_chain_is_a_word(text: str) -> None:
    assert [fact for fact in read_facts(text) if fact.kind == "network"] == []


@pytest.mark.parametrize(
    "moment",
    [
        "2026-11-23 14:05 UTC",
        "2026-11-23T14:05:09Z",
        "2026-11-23 14:05:09 +08:00",
        "2026/11/23 14:05 (UTC+8)",
        "23.11.2026 14:05",
        "14:05 МСК 23.11.2026",
        "23/11/2026 às 14:05",
        "11/23/2026",
        "23/11 14:05",
        "Nov 23, 2026 8:11 PM",
        "23 November 2026 at 2:05 pm",
        "23 ноября 2026 в 14:05",
        "ngày 23 tháng 11 năm 2026 lúc 14:05",
        "14:05 ngày 23/11/2026",
        "23 Kasım 2026 saat 14:05",
        "23 de novembro de 2026",
        "23 de noviembre de 2026 a las 14:05",
        "23 Februari 2026 pukul 14:05 WIB",
        "2026年11月23日 下午3点20分",
        "11月23日 15時20分",
        "2026년 11월 23일 오후 3시 20분",
        "07:15 UTC",
        "8:11 pm",
    ],
)
def test_a_moment_is_told_as_it_was_written(moment: str) -> None:
    assert told(f"({moment})，谢谢") == [("moment", moment)]


@pytest.mark.parametrize("text", ["203.0.113.48", "1.2.3", "32/13/2026", "7:1 against", "25:61 UTC", "2026", "may I ask"])
def test_what_is_no_day_and_no_hour_is_no_moment(text: str) -> None:
    assert read_facts(text) == ()


@pytest.mark.parametrize(
    ("link", "kind", "network"),
    [
        ("https://etherscan.io/tx/0x{}", "txid", "ethereum"),
        ("https://tronscan.org/#/transaction/{}", "txid", "tron"),
        ("mempool.space/tx/{}", "txid", "bitcoin"),
        ("https://blockchair.com/litecoin/transaction/{}?from=mail", "txid", "litecoin"),
        ("https://www.oklink.com/btc/tx/{}", "txid", "bitcoin"),
        ("https://testnet.bscscan.com/tx/0x{}.", "txid", "bsc"),
        ("https://some.explorer.example/tx/{}", "txid", "bitcoin"),
        ("https://bscscan.com/address/%s" % makers.evm(2), "address", "bsc"),  # noqa: UP031 (braces are the transaction's)
        ("https://tronscan.org/#/address/%s" % makers.base58check("41", 2), "address", "tron"),  # noqa: UP031 (as above)
    ],
)
def test_a_link_to_an_explorer_tells_what_it_is_about(link: str, kind: str, network: str) -> None:
    text = f"看这里 {link.format(TXID)} 谢谢"
    (fact,) = read_facts(text)
    assert (fact.kind, fact.networks[0]) == (kind, network)
    assert text[fact.start : fact.end] == fact.value


@pytest.mark.parametrize("link", ["https://example.org/files/{}", "https://etherscan.io/0x{}", "example.org/login?key={}"])
def test_a_link_that_says_nothing_of_transactions_tells_none(link: str) -> None:
    assert read_facts(link.format(TXID)) == ()
