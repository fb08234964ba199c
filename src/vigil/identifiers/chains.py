"""The chains: their keys, their names as people write them, and which of them need a memo."""

from typing import NamedTuple

from vigil.identifiers.folding import cut


class Chain(NamedTuple):
    """`title` is how a person reads it, the same in every language; `coins` are what moves on it natively.

    `names` are how people write it. Those in `doubtful` are also ordinary words, or the name of the coin: they mean the
    chain only beside a word such as "network".
    """

    key: str
    title: str
    coins: tuple[str, ...]
    names: tuple[str, ...]
    doubtful: tuple[str, ...] = ()
    needs_memo: bool = False


def _chain(key: str, title: str, coins: str, names: str, doubtful: str = "", *, memo: bool = False) -> Chain:
    return Chain(key, title, cut(coins), cut(names) if names else (), cut(doubtful) if doubtful else (), memo)


_OF_ETHEREUM = (
    _chain("ethereum", "Ethereum (ERC20)", "ETH", "erc20|erc-20|erc 20|ethereum|以太坊|эфириум|эфир|イーサリアム|이더리움", "eth"),
    _chain(
        "bsc",
        "BNB Smart Chain (BEP20)",
        "BNB",
        "bep20|bep-20|bep 20|bsc|bnb smart chain|bnb chain|binance smart chain|币安智能链|幣安智能鏈",
        "bnb",
    ),
    _chain("polygon", "Polygon", "POL|MATIC", "polygon|polygon pos|полигон|ポリゴン|폴리곤", "matic|pol"),
    _chain("arbitrum", "Arbitrum One", "ETH", "arbitrum|arbitrum one|арбитрум|アービトラム|아비트럼", "arb"),
    _chain("optimism", "Optimism", "ETH", "op mainnet|optimism mainnet|オプティミズム|옵티미즘", "optimism|op"),
    _chain("base", "Base", "ETH", "base mainnet", "base"),
    _chain(
        "avalanche",
        "Avalanche C-Chain",
        "AVAX",
        "avaxc|avax-c|avax c-chain|avax c chain|avalanche c-chain|avalanche c chain",
        "avalanche|avax",
    ),
    _chain("linea", "Linea", "ETH", "linea mainnet", "linea"),
    _chain("zksync", "zkSync Era", "ETH", "zksync|zksync era"),
    _chain("scroll", "Scroll", "ETH", "", "scroll"),
    _chain("mantle", "Mantle", "MNT", "", "mantle"),
    _chain("blast", "Blast", "ETH", "", "blast"),
    _chain("opbnb", "opBNB", "BNB", "opbnb"),
    _chain("sonic", "Sonic", "S", "", "sonic"),
    _chain("cronos", "Cronos", "CRO", "", "cronos"),
    _chain("celo", "Celo", "CELO", "", "celo"),
    _chain("fantom", "Fantom", "FTM", "", "fantom"),
    _chain("berachain", "Berachain", "BERA", "berachain", "bera"),
    _chain("story", "Story", "IP", "story protocol", "story"),
    _chain("flare", "Flare", "FLR", "", "flare"),
    _chain("vechain", "VeChain", "VET", "vechain", "vet"),
    _chain("ethereum-classic", "Ethereum Classic", "ETC", "ethereum classic", "etc"),
    _chain("ethereum-pow", "EthereumPoW", "ETHW", "ethereumpow", "ethw"),
)

# One address serves on all of these: the words around it must say which was meant.
EVM = tuple(chain.key for chain in _OF_ETHEREUM)

_OTHERS = (
    _chain("bitcoin", "Bitcoin", "BTC", "", "bitcoin|btc|比特币|比特幣|биткоин|биткойн|ビットコイン|비트코인"),
    _chain("lightning", "Lightning", "BTC", "lightning network|闪电网络|閃電網絡|ライトニングネットワーク|라이트닝 네트워크", "lightning"),
    _chain("bitcoin-cash", "Bitcoin Cash", "BCH|BSV|XEC", "bitcoin cash", "bch"),
    _chain("litecoin", "Litecoin", "LTC", "", "litecoin|ltc|莱特币|лайткоин|라이트코인"),
    _chain("dogecoin", "Dogecoin", "DOGE", "", "dogecoin|doge|狗狗币|도지코인"),
    _chain("dash", "Dash", "DASH", "", "dash"),
    _chain("zcash", "Zcash", "ZEC", "", "zcash|zec"),
    _chain("monero", "Monero", "XMR", "", "monero|xmr"),
    _chain("tron", "TRON (TRC20)", "TRX", "trc20|trc-20|trc 20|trc|tron|波场|波場|трц20|트론|トロン", "trx|трон"),
    _chain("solana", "Solana", "SOL", "solana|spl token|索拉纳|солана|ソラナ|솔라나", "sol|spl"),
    _chain("xrp", "XRP Ledger", "XRP", "xrp ledger|xrpl", "xrp|ripple|瑞波|리플|リップル", memo=True),
    _chain("stellar", "Stellar", "XLM", "stellar network", "stellar|xlm|恒星|스텔라", memo=True),
    _chain("ton", "TON", "TON", "toncoin network|the open network", "ton|toncoin|тон|톤", memo=True),
    _chain("eos", "EOS (Vaulta)", "EOS|A", "", "eos|vaulta", memo=True),
    _chain("cosmos", "Cosmos Hub", "ATOM", "cosmos hub", "cosmos|atom", memo=True),
    _chain("osmosis", "Osmosis", "OSMO", "", "osmosis", memo=True),
    _chain("injective", "Injective", "INJ", "injective", "inj", memo=True),
    _chain("sei", "Sei", "SEI", "", "sei", memo=True),
    _chain("celestia", "Celestia", "TIA", "celestia", "tia", memo=True),
    _chain("kava", "Kava", "KAVA", "", "kava", memo=True),
    _chain("terra", "Terra", "LUNA|LUNC", "terra classic", "terra|luna", memo=True),
    _chain("thorchain", "THORChain", "RUNE", "thorchain", "rune", memo=True),
    _chain("hedera", "Hedera", "HBAR", "hedera|hedera hashgraph", "hbar", memo=True),
    _chain("nem", "NEM", "XEM", "", "nem|xem", memo=True),
    _chain("cronos-pos", "Cronos POS", "CRO", "cronos pos", "", memo=True),
    _chain("cardano", "Cardano", "ADA", "cardano|кардано|カルダノ|카르다노", "ada"),
    _chain("polkadot", "Polkadot", "DOT", "polkadot|波卡|полкадот|ポルカドット|폴카닷", "dot"),
    _chain("kusama", "Kusama", "KSM", "kusama", "ksm"),
    _chain("algorand", "Algorand", "ALGO", "algorand", "algo"),
    _chain("near", "NEAR", "NEAR", "near protocol", "near"),
    _chain("aptos", "Aptos", "APT", "aptos|앱토스|アプトス", "apt"),
    _chain("sui", "Sui", "SUI", "sui network", "sui"),
    _chain("tezos", "Tezos", "XTZ", "tezos", "xtz"),
    _chain("filecoin", "Filecoin", "FIL", "", "filecoin|fil"),
    _chain("kaspa", "Kaspa", "KAS", "", "kaspa|kas"),
    _chain("waves", "Waves", "WAVES", "", "waves"),
    _chain("nano", "Nano", "XNO|NANO", "", "nano"),
    _chain("neo", "Neo", "NEO|GAS", "", "neo"),
    _chain("qtum", "Qtum", "QTUM", "", "qtum"),
    _chain("decred", "Decred", "DCR", "", "decred"),
    _chain("bitcoin-gold", "Bitcoin Gold", "BTG", "bitcoin gold", "btg"),
    _chain("digibyte", "DigiByte", "DGB", "digibyte", "dgb"),
    _chain("ravencoin", "Ravencoin", "RVN", "ravencoin", "rvn"),
    _chain("komodo", "Komodo", "KMD", "", "komodo|kmd"),
    _chain("horizen", "Horizen", "ZEN", "horizen", "zen"),
    _chain("namecoin", "Namecoin", "NMC", "namecoin", "nmc"),
    _chain("peercoin", "Peercoin", "PPC", "peercoin", "ppc"),
    _chain("vertcoin", "Vertcoin", "VTC", "vertcoin", "vtc"),
    _chain("dymension", "Dymension", "DYM", "dymension", "dym", memo=True),
    _chain("axelar", "Axelar", "AXL", "axelar", "axl", memo=True),
    _chain("zilliqa", "Zilliqa", "ZIL", "zilliqa", "zil"),
    _chain("harmony", "Harmony", "ONE", "", "harmony"),
)

CHAINS: dict[str, Chain] = {chain.key: chain for chain in (*_OF_ETHEREUM, *_OTHERS)}
WITH_MEMO = tuple(chain.key for chain in CHAINS.values() if chain.needs_memo)
# On which chains a coin is at home.
HOMES: dict[str, tuple[str, ...]] = {
    coin: tuple(chain.key for chain in CHAINS.values() if coin in chain.coins) for each in CHAINS.values() for coin in each.coins
}
