"""The words beside values, as people write them in a chat, in all eleven languages.

A label of Latin or Cyrillic letters is a whole word; `*` after it lets up to four more letters follow, for the endings
of languages that decline. The others may stand anywhere, for their words have no spaces between.
"""

from vigil.identifiers.folding import folded

LABELS: dict[str, tuple[str, ...]] = {
    "secret": (
        "private key|secret key|privkey|seed|mnemonic|recovery phrase|私钥|私鑰|助记词|助記詞|秘密鍵|приватн* ключ*",
        "секретн* ключ*|закрыт* ключ*",
        "khóa riêng|khoá riêng|khóa bí mật|özel anahtar*|gizli anahtar*|chave privada|clave privada|llave privada|kunci pribadi",
        "개인키|개인 키|비밀키",
        "api key|api secret|passphrase|password|密码|密碼|пароль|şifre|senha|contraseña|kata sandi|mật khẩu|パスワード|비밀번호",
    ),
    "order": (
        "withdrawal|withdraw id|order id|order number|order no|order|orderid|p2p order|trade id|deposit id|订单号|訂單號|订单编号",
        "訂單編號|订单|訂單|单号|單號|委托单",
        "заказ*|ордер*|номер сделки|сделк*|mã đơn hàng|mã đơn|đơn hàng|mã lệnh|lệnh|sipariş*|emir no|emir numarası|emir|pedido",
        "ordem|orden",
        "id pesanan|nomor pesanan|pesanan|order saya|注文番号|注文id|注文|オーダー|주문번호|주문 번호|주문",
    ),
    "tx": (
        "transaction hash|transaction id|transaction|txid|tx id|txhash|tx hash|tx|hash id|hash|hashid|txn|交易哈希|交易哈希值",
        "哈希值|哈希|交易id|雜湊",
        "交易編號|交易号|交易單號|交易雜湊值|хеш*|хэш*|txid|тхид|транзакци*|id транзакции|mã giao dịch|mã băm|giao dịch|hash giao dịch",
        "işlem kimliği|işlem no|işlem id|işlem hash*|işlem*|id da transação|transação|transacao|id de la transacción",
        "transacción|transaccion|comprobante",
        "id transaksi|transaksi|hash transaksi|トランザクションid|トランザクション|ハッシュ|取引id|トランザクションハッシュ",
        "거래 해시|거래해시|해시값|해시|트랜잭션|거래 id|거래id|txid는",
    ),
    "uid": (
        "id'm|id'im|uid'm|uid'im|hesap numaram|hesap id|account number|номер аккаунта|id аккаунта",
        "uid|user id|userid|user-id|account id|customer id|my id|id|用户id|用戶id|用户编号|账号id|帐号id|账户id|会员号|айди|юид",
        "идентификатор*|мой id",
        "id người dùng|id tài khoản|mã người dùng|kullanıcı kimliği|kullanıcı no|kullanıcı id|kullanıcı numarası|uid'im|uidim",
        "id do usuário|id do usuario",
        "id de usuario|id da conta|id de la cuenta|id pengguna|id akun|ユーザーid|ユーザid",
        "アカウントid|유저 아이디|사용자 id|회원번호|회원 번호|유아이디|계정 id",
    ),
    "memo": (
        "memo|tag|destination tag|dest tag|payment id|memo id|tag/memo|memo/tag|memotag|备注|備註|标签|標籤|目的地标签|мемо",
        "тег*|таг|метка|комментарий",
        "ghi chú|thẻ memo|etiket*|hedef etiketi|açıklama kodu|etiqueta|etiqueta de destino|tag de destino|nota|comentario",
        "catatan|メモ|タグ|宛先タグ|메모|태그|데스티네이션 태그",
    ),
    "address": (
        "address|addr|wallet|wallet address|contract|contract address|deposit address|to|地址|钱包|錢包|合约|合約|充值地址",
        "提币地址|адрес*|кошел*|контракт*",
        "địa chỉ|ví|địa chỉ ví|hợp đồng|adres*|cüzdan*|kontrat*|endereço|endereco|carteira|contrato|dirección|direccion",
        "billetera|alamat|dompet|kontrak",
        "アドレス|ウォレット|コントラクト|주소|지갑|컨트랙트",
    ),
    "phone": (
        "тел|phone|phone number|mobile|mobile number|tel|telephone|whatsapp|cell|电话|電話|手机号|手機號|手机|手機|手机号码",
        "телефон*|номер телефона|ватсап|вотсап",
        "điện thoại|số điện thoại|sđt|sdt|telefon*|telefon numaram|cep|cep telefonum|telefone|celular|teléfono|telefono|móvil",
        "telepon|nomor telepon|nomor hp|no hp|hp",
        "電話番号|携帯|携帯番号|携帯電話|전화번호|전화|휴대폰|핸드폰|휴대전화",
    ),
}
# What may stand between a label and its value; anything longer and the two have nothing to do with each other.
GLUE = folded(
    "number|num|no|nr|id|is|are|was|it's|its|my|of|the|value|code|hash|address|n°|nº|n.º|号码|号|號碼|號|是|为|為|は|が|を|의|는|은|이|가|번호|番号",
    "应该|應該|填写|填|就|설정|номер|это|вот|мой|số|là|của tôi|numarası|numaram|no'su",
    "şu|número|es|é|e|do|da|de|del|la|el|nomor|adalah|saya|itu|ini|です",
    "입니다|и|and|y|dan|ve|và",
)
# What may stand between a value and a label behind it: a verb, and whose it is.
LINKING = folded("is|it's|это|вот|是|est|es|é|la|adalah|が|は|는|은|가|이")
OWNING = folded("my|the|our|мой|моя|我的|mi|meu|minha|o|a|saya|私の|내|제")
