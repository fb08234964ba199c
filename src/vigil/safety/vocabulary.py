"""Words around a value that say what it is, in eleven languages. Folded once like the text they are looked for in."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from vigil.identifiers.folding import fold

_SHORT = 6
_NO_ALPHABET = "\u1100"


def _folded(*lines: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(word) for line in lines for word in line.split("|")))


RECOVERY = _folded(
    "seed|mnemonic|recovery phrase|recovery word|secret phrase|backup phrase|backup word|secret recovery|wallet words",
    "passphrase|12 words|24 words|twelve words|bip39|bip-39|助记词|助记詞|助記詞|助憶詞|恢复短语|恢復短語|种子词|種子詞|恢复词",
    "注记词|備份詞|备份词|мнемони|сид-фраз|сид фраз|сидфраз|seed-фраз|сид |фраза восстановления|фразу восстановления",
    "фразы восстановления|резервная фраза|секретная фраза|секретную фразу|12 слов|24 слова|cụm từ|từ khôi phục|khóa khôi phục",
    "12 từ|24 từ|tohum|kurtarma|anımsatıcı|12 kelime|24 kelime|gizli kelime|frase semente|frase de recup|palavras de recup",
    "frase secreta|frase-semente|semilla|palabras semilla|frase de respaldo|mnemoni|mnemôni|mnemóni|12 palabras|24 palabras",
    "12 palavras|24 palavras|frasa|kata pemulihan|kata kunci pemulihan|12 kata|24 kata|リカバリー|リカバリ|シードフレーズ",
    "シード|ニーモニック|復元フレーズ|復元用フレーズ|니모닉|시드|복구 구문|복구구문|복구 문구|복구문구|복구 단어|복원 구문",
    "phrase de récup|frase di recupero|obnovovací fráz",
)

PRIVATE_KEY = _folded(
    "private key|privatekey|private_key|priv key|privkey|priv_key|secret key|secretkey|secret_key|wallet key|import key",
    "signing key|seed|wallet import|import wallet|import my wallet|master key|spend key|sk:|sk=|pk:|私钥|私鑰|密钥|密鑰",
    "钱包导入|導入錢包|导入钱包|秘密鍵|プライベートキー|シークレットキー|закрытый ключ|закрытого ключа|закрытым ключом",
    "приватный ключ|приватного ключа|приватным ключом|приватник|секретный ключ|khóa riêng|khoá riêng|khóa cá nhân|khóa bí mật",
    "özel anahtar|gizli anahtar|chave privada|chave secreta|clave privada|llave privada|clave secreta|kunci pribadi",
    "kunci privat|kunci rahasia|개인키|개인 키|비밀키|비밀 키|프라이빗 키|프라이빗키|clé privée|chiave privata",
)

TRANSACTION = _folded(
    "tx|hash|transaction|withdrawal id|signature|fingerprint|genesis|trx|transfer|explorer|block|commit|checksum|digest|sha256",
    "sha-256|order|address|deposit id|scan.|交易|哈希|区块|區塊|转账|轉帳|轉賬|订单|訂單|雜湊|地址|хеш|хэш|транзакц|перевод",
    "заказ|адрес|giao dịch|mã băm|lệnh|địa chỉ|işlem|karma|emir|adres|transação|transacao|transacción|ordem|orden|endereço",
    "dirección|comprobante|comprovante|transaksi|pesanan|alamat|取引|トランザクション|ハッシュ|アドレス|注文|거래|트랜잭션|해시",
    "주문|주소|public key|公钥|公鑰|公開鍵|открытый ключ|публичный ключ|공개키",
)

# What only a transaction hash is called: narrower than the words above, of which any speaks against a key.
TXID = _folded(
    "txid|tx id|tx-id|txhash|tx hash|tx-hash|txn hash|transaction hash|transaction id|hash of the transaction|hash id|交易哈希|交易雜湊",
    "交易id|交易 id|哈希值|雜湊值|хеш транзакц|хэш транзакц|хеш перевод|хэш перевод|id транзакц|mã băm|mã giao dịch|hash giao dịch",
    "işlem hash|işlem kimliği|işlem id|hash da transa|hash de la transa|hash de transa|hash de uma transa|hash de una transa",
    "id da transa|id de la transa|id de transa|hash transaksi|id transaksi|トランザクションハッシュ|トランザクションid",
    "トランザクション id|取引ハッシュ|取引id|트랜잭션 해시|트랜잭션해시|트랜잭션 id|트랜잭션 아이디|거래 해시|거래해시|거래 id|거래id",
    "해시값",
)

CARD = _folded(
    "card|visa|mastercard|master card|amex|unionpay|maestro|pan:|卡|银联|銀聯|карт|мир|thẻ|kart|cartão|cartao|tarjeta|kartu",
    "カード|카드|carte|carta",
)

NUMBERED = _folded(
    "order|ticket|case #|case no|case id|case:|uid|user id|userid|id:|id |id=|id#|reference|ref.|ref:|txid|tx id|trade|tracking",
    "memo|tag:|tag |phone|tel:|tel.|tel |whatsapp|invoice|timestamp|订单|訂單|编号|編號|单号|單號|用户|用戶|电话|電話|手机|手機",
    "工单|заказ|ордер|номер сделки|сделк|тикет|заявк|телефон|тег|мемо|đơn hàng|lệnh|mã đơn|mã số|điện thoại|sipariş|emir|talep",
    "işlem no|telefon|pedido|ordem|orden|protocolo|teléfono|telefone|pesanan|nomor pesanan|telepon|注文|番号|電話番号|주문|번호",
    "전화|회원번호|티켓",
)


def mentions(words: Iterable[str], lower: str) -> bool:
    """Find out whether any of `words` stands anywhere in folded lower-case text."""
    return any(word in lower for word in words)


def places_of(words: Iterable[str], lower: str) -> list[tuple[int, int]]:
    """Find every place where one of `words` stands in folded lower-case text, as start and end, in order."""
    found = []
    for word in words:
        at = lower.find(word)
        while at >= 0:
            if _begins(lower, at, word):
                found.append((at, at + len(word)))
            at = lower.find(word, at + 1)
    return sorted(found)


def last_end(places: Sequence[tuple[int, int]], start: int, end: int) -> int:
    """Tell where the last of `places` ends that lies between `start` and `end`; -1 when there is none."""
    last = -1
    for index in range(bisect_left(places, (end,)) - 1, -1, -1):
        begins, ends = places[index]
        if begins < start:
            break
        if last < ends <= end:
            last = ends
    return last


def first_start(places: Sequence[tuple[int, int]], start: int, end: int) -> int:
    """Tell where the first of `places` begins that lies between `start` and `end`; -1 when there is none."""
    for index in range(bisect_left(places, (start,)), len(places)):
        begins, ends = places[index]
        if begins >= end:
            break
        if ends <= end:
            return begins
    return -1


def _begins(lower: str, at: int, word: str) -> bool:
    # A short word of an alphabet counts only where a word begins: "order" is not in "border", nor "tx" in "context".
    return (
        len(word) > _SHORT
        or not word[0].isalpha()
        or word >= _NO_ALPHABET
        or at == 0
        or not lower[at - 1].isalpha()
        or lower[at - 1] >= _NO_ALPHABET
    )
