"""Links to explorers: a page about one transaction or one address, whose chain the host often tells."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from vigil.identifiers.addresses.judging import judge_address
from vigil.identifiers.chains import CHAINS
from vigil.identifiers.facts import Fact
from vigil.identifiers.plain import Plain
from vigil.identifiers.txids import networks_of_txid

EXPLORERS: dict[str, str] = {
    "etherscan.io": "ethereum",
    "ethplorer.io": "ethereum",
    "bscscan.com": "bsc",
    "opbnb.bscscan.com": "opbnb",
    "polygonscan.com": "polygon",
    "arbiscan.io": "arbitrum",
    "optimistic.etherscan.io": "optimism",
    "basescan.org": "base",
    "snowtrace.io": "avalanche",
    "snowscan.xyz": "avalanche",
    "lineascan.build": "linea",
    "explorer.zksync.io": "zksync",
    "era.zksync.network": "zksync",
    "scrollscan.com": "scroll",
    "mantlescan.xyz": "mantle",
    "blastscan.io": "blast",
    "sonicscan.org": "sonic",
    "cronoscan.com": "cronos",
    "celoscan.io": "celo",
    "ftmscan.com": "fantom",
    "berascan.com": "berachain",
    "storyscan.io": "story",
    "mempool.space": "bitcoin",
    "blockstream.info": "bitcoin",
    "btcscan.org": "bitcoin",
    "blockchain.info": "bitcoin",
    "tronscan.org": "tron",
    "tronscan.io": "tron",
    "solscan.io": "solana",
    "explorer.solana.com": "solana",
    "solana.fm": "solana",
    "solanabeach.io": "solana",
    "xrpscan.com": "xrp",
    "livenet.xrpl.org": "xrp",
    "bithomp.com": "xrp",
    "stellar.expert": "stellar",
    "stellarchain.io": "stellar",
    "tonscan.org": "ton",
    "tonviewer.com": "ton",
    "cardanoscan.io": "cardano",
    "cexplorer.io": "cardano",
    "dogechain.info": "dogecoin",
    "litecoinspace.org": "litecoin",
    "explorer.bitcoin.com": "bitcoin-cash",
    "polkadot.subscan.io": "polkadot",
    "kusama.subscan.io": "kusama",
    "suiscan.xyz": "sui",
    "suivision.xyz": "sui",
    "aptoscan.com": "aptos",
    "explorer.aptoslabs.com": "aptos",
    "nearblocks.io": "near",
    "hashscan.io": "hedera",
    "allo.info": "algorand",
    "explorer.perawallet.app": "algorand",
    "tzkt.io": "tezos",
    "filfox.info": "filecoin",
    "explorer.kaspa.org": "kaspa",
    "xmrchain.net": "monero",
    "bloks.io": "eos",
    "wavesexplorer.com": "waves",
}
# Explorers of many chains say in the path which one; they use the ticker, the name, or one of their own.
_SEGMENTS = {"eth": "ethereum", "btc": "bitcoin", "trx": "tron", "bnb": "bsc", "ripple": "xrp", "matic": "polygon", "avax": "avalanche"}
_LINK = re.compile(
    r"(?<![0-9A-Za-z@])(?:https?://)?((?:[0-9A-Za-z-]{1,63}\.){1,5}[A-Za-z]{2,12})(?::\d{1,5})?(/[^\s<>\"'“”«»\u3000-\u303f\u4e00-\u9fff]{1,300})"
)
_TX_WORDS = {"tx", "txs", "txn", "txns", "transaction", "transactions", "txid", "extrinsic", "op", "deploy"}
_ADDRESS_WORDS = {"address", "addresses", "account", "accounts", "addr", "wallet", "token", "contract", "jetton", "object"}
_PART = re.compile(r"[^/?#&=]+")
_END = ".,;:!?)]}*>|。，、；：！？）】》」"


def find_links(plain: Plain) -> Iterator[Fact]:
    """Find what links to explorers are about; the place is the value's, inside the link."""
    if "/" in plain.words:
        for link in _LINK.finditer(plain.words):
            yield from _read(link)


def _read(link: re.Match[str]) -> Iterator[Fact]:
    network = _network_of_host(link[1].lower())
    says = ""
    for part in _PART.finditer(link[2].rstrip(_END)):
        word = part[0].lower()
        if word in _TX_WORDS:
            says = "txid"
        elif word in _ADDRESS_WORDS:
            says = "address"
        elif says and (fact := _fact(says, unquote(part[0]), network)):
            start = link.start(2) + part.start()
            yield Fact(says, fact.value, start, start + len(part[0]), fact.networks, fact.checked, fact.problem)
            return
        elif not network:
            network = _network_of_segment(word)


def _fact(kind: str, value: str, network: str) -> Fact | None:
    if kind == "txid":
        networks = networks_of_txid(value, network)
        return Fact("txid", value, 0, 0, (network,) if network else networks) if networks else None
    verdict = judge_address(value)
    if verdict is None or len(value) < 20:
        return None
    return Fact("address", verdict.value, 0, 0, (network,) if network else verdict.networks, verdict.checked, verdict.problem)


def _network_of_host(host: str) -> str:
    while "." in host:
        if host in EXPLORERS:
            return EXPLORERS[host]
        host = host.partition(".")[2]
    return ""


def _network_of_segment(word: str) -> str:
    return _SEGMENTS.get(word) or (word if word in CHAINS else "") or _TICKERS.get(word, "")


_TICKERS = {coin.lower(): chain.key for chain in reversed(CHAINS.values()) for coin in chain.coins}
