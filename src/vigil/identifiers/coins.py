"""Names of money: tickers, fiat codes, and the words and signs that people use for them."""

import re

from vigil.identifiers.chains import CHAINS
from vigil.identifiers.folding import cut, fold, folded

# What prices are told in, the longest first: a glued pair is cut at the first that fits.
QUOTES = (
    "FDUSD",
    "USDT",
    "USDC",
    "USDE",
    "USD1",
    "TUSD",
    "BUSD",
    "USD",
    "EUR",
    "BRL",
    "TRY",
    "KRW",
    "JPY",
    "BTC",
    "ETH",
    "SOL",
    "BNB",
    "MX",
)

CRYPTO = frozenset(
    cut(
        "USDT|USDC|FDUSD|USDE|USD1|TUSD|BUSD|DAI|PYUSD|EURC|BTC|XBT|ETH|WBTC|WETH|STETH|BNB|SOL|XRP|ADA|DOGE|TRX|TON|AVAX|SHIB",
        "DOT|LINK|BCH|NEAR|LTC|UNI|ICP|APT|SUI|ETC|XLM|XMR|HBAR|FIL|ATOM|ARB|OP|INJ|IMX|VET|MKR|GRT|AAVE|ALGO|STX|QNT|EGLD|FLOW",
        "SAND|MANA|AXS|EOS|XTZ|THETA|FTM|KAS|MNT|RUNE|TIA|SEI|PEPE|WIF|BONK|FLOKI|JUP|PYTH|WLD|ENA|ONDO|FET|RNDR|RENDER|TAO|LDO",
        "CRV|SNX|COMP|DYDX|GMX|ZEC|DASH|NEO|QTUM|IOTA|KAVA|ZIL|ONE|CHZ|ENJ|GALA|APE|BLUR|MASK|CAKE|SUN|JST|BTT|WIN|HOT|NOT|DOGS",
        "HMSTR|CATI|ORDI|SATS|RATS|PENDLE|STRK|ZK|ZRO|W|TRUMP|MELANIA|VIRTUAL|AI16Z|FARTCOIN|HYPE|MOVE|BERA|IP|KAITO|PI|LUNC",
        "LUNA|USTC|XEM|WAVES|XNO|NANO|POL|MATIC|S|CRO|MX|OKB|KCS|GT|HT|LEO|BGB|PEOPLE|TOP|GAS|ID|CAT|ME|A",
    )
).union(*(chain.coins for chain in CHAINS.values()))
FIAT = frozenset(
    cut("USD|EUR|GBP|JPY|CNY|RMB|HKD|TWD|KRW|VND|IDR|BRL|TRY|RUB|UAH|KZT|MXN|ARS|COP|CLP|PEN|INR|PHP|THB|MYR|SGD|AUD|CAD|CHF|PLN|AED|NGN")
)
# Who counts in these words and names no money means the one of the land where they are said.
IMPLIED = {**dict.fromkeys(folded("triệu|nghìn|ngàn|tỷ"), "VND"), **dict.fromkeys(folded("ribu|rb|juta|jt"), "IDR")}
_SHORTEST = 2
# Tickers that are words of some of our languages too mean money only in capitals.
_WORDS_TOO = frozenset(
    cut(
        "ONE|SUN|WIN|HOT|NOT|LINK|GAS|CAT|TOP|ID|OP|ME|A|S|W|AI|APE|MASK|FLOW|NEAR|DASH|SAND|MOVE|HYPE|PEOPLE|TRUMP|TON|SOL|UNI",
        "PI|IP|COMP|FET|APT|ARB|TRY|MANA|DOT|ICP|STX|MX|GT|HT|LEO|SEI|TIA|VET|GALA|NEO|ZEN|DAI|CRO|POL|SUI|HUF|PEN|COP|ALL|AUD",
        "CAD",
    )
)
_SPELLED = {
    "USDT": "tether|тезер|юсдт|usdт|u|泰达币|泰達幣|테더|テザー",
    "USDC": "usd coin",
    "BTC": "bitcoin|bitcoins|биткоин|биткоина|биткоинов|биток|битка|биткойн|比特币|比特幣|大饼|ビットコイン|비트코인|비트|xbt",
    "ETH": "ether|ethereum|эфир|эфира|эфириум|以太币|以太坊|以太幣|イーサ|イーサリアム|이더|이더리움",
    "XRP": "ripple|리플|リップル|瑞波币",
    "SOL": "solana|солана|ソラナ|솔라나",
    "DOGE": "dogecoin|狗狗币|도지|도지코인",
    "TRX": "tron|трон|波场币|트론|トロン",
    "LTC": "litecoin|лайткоин|莱特币",
    "USD": "$|us$|usd$|dollar|dollars|usd|доллар|доллара|долларов|美元|美金|刀|dolar|dólar|dólares|đô la|ドル|달러|불",
    "EUR": "€|euro|euros|евро|欧元|歐元|ユーロ|유로",
    "GBP": "£|pounds",
    "CNY": "¥|人民币|人民幣|元|块|块钱|rmb|юань|юаней",
    "TWD": "nt$|台币|台幣|新台币|新台幣",
    "HKD": "hk$|港币|港幣",
    "JPY": "円|yen|иен",
    "KRW": "₩|원|won",
    "VND": "₫|đ|vnđ|đồng|dong",
    "IDR": "rp|rupiah",
    "BRL": "r$|real|reais",
    "TRY": "₺|tl|lira|lirası",
    "RUB": "₽|руб|рублей|рубля|рубль|rub",
    "UAH": "₴|грн|гривен",
    "KZT": "₸|тенге",
    "MXN": "mx$",
    "INR": "₹",
}
NAMES = {fold(word): code for code, words in _SPELLED.items() for word in words.split("|")}
SCALES = {
    fold(word): power
    for power, words in {
        3: "k|thousand|тыс|тысяч|тысячи|千|천|ribu|rb|nghìn|ngàn|bin|mil",
        4: "万|萬|만",
        6: "m|mln|mio|million|millions|млн|миллион|миллиона|миллионов|百万|juta|jt|triệu|tr|milyon|milhão|milhões|millón|millones|백만",
        8: "亿|億|억",
        9: "b|bn|billion|млрд|tỷ|tỉ|miliar|milyar|bilhões",
    }.items()
    for word in words.split("|")
}


def money(word: str) -> str | None:
    """Say which money a word of a folded text means, as a code in capitals; None when it means none."""
    return NAMES.get(word.lower()) or ticker(word)


def ticker(word: str) -> str | None:
    """Say which money a ticker means; names and signs are none."""
    upper = word.upper()
    if len(upper) < _SHORTEST or (upper not in CRYPTO and upper not in FIAT):
        return None
    return None if upper in _WORDS_TOO and word != upper else {"RMB": "CNY", "XBT": "BTC"}.get(upper, upper)


def is_coin(word: str) -> bool:
    """Say whether a word is a ticker that can stand in a pair."""
    return word in CRYPTO or word in FIAT


# Longest first, so that "us$" is not read as "$".
NAMES_PATTERN = "|".join(re.escape(word) for word in sorted(NAMES, key=len, reverse=True))
# What may stand before a figure: signs and abbreviations, and of the words only those longer than one character of the East.
SIGNS_PATTERN = "|".join(
    re.escape(word)
    for word in sorted(NAMES, key=len, reverse=True)
    if not word[0].isalpha() or word.endswith("$") or word in {"rp", "tl"} or (ord(word[0]) > 0x1100 and len(word) > 1)
)
SCALES_PATTERN = "|".join(re.escape(word) for word in sorted(SCALES, key=len, reverse=True))
