"""Sentences of customers and agents in eleven languages, for worlds of any size; `{a}` is an amount and a coin, `{h}` a hash."""

import random

CUSTOMER: dict[str, tuple[str, ...]] = {
    "en": (
        "I sent {a} two hours ago and it still has not arrived in my account.",
        "The transaction is confirmed on the chain, here is the hash: {h}.",
        "My withdrawal has been pending since this morning, could you please have a look?",
        "I lost my phone and cannot get past the second step when I sign in.",
        "Thank you, that worked.",
        "I chose the wrong network by mistake. Is the money gone?",
    ),
    "zh-Hans": (
        "我两小时前充值了 {a}，到现在还没有到账。",
        "链上已经确认了，交易哈希是 {h}。",
        "我的提现从早上到现在一直在处理中，麻烦帮忙看一下。",
        "手机丢了，登录时过不了第二步验证。",
        "好的，谢谢，已经可以了。",
        "我选错了网络，请问这笔钱还能找回来吗？",
    ),
    "zh-Hant": (
        "我兩小時前儲值了 {a}，到現在還沒有入帳。",
        "鏈上已經確認了，交易雜湊是 {h}。",
        "我的提領從早上到現在一直在處理中，麻煩幫忙看一下。",
        "手機遺失了，登入時過不了第二步驗證。",
        "好的，謝謝，已經可以了。",
        "我選錯了網路，請問這筆錢還找得回來嗎？",
    ),
    "ru": (
        "Два часа назад я отправил {a}, но деньги до сих пор не поступили на счёт.",
        "В сети транзакция подтверждена, вот её хеш: {h}.",
        "Вывод висит с самого утра, посмотрите, пожалуйста, что с ним.",
        "Я потерял телефон и не могу пройти второй шаг при входе.",
        "Спасибо, всё получилось.",
        "Я по ошибке выбрал не ту сеть. Деньги пропали?",
    ),
    "vi": (
        "Tôi đã nạp {a} cách đây hai tiếng mà vẫn chưa thấy tiền vào tài khoản.",
        "Giao dịch đã được xác nhận trên chuỗi, mã băm là {h}.",
        "Lệnh rút của tôi chờ xử lý từ sáng đến giờ, nhờ bạn kiểm tra giúp.",
        "Tôi bị mất điện thoại nên không qua được bước xác minh thứ hai khi đăng nhập.",
        "Cảm ơn bạn, được rồi.",
        "Tôi lỡ chọn nhầm mạng, tiền có mất không?",
    ),
    "tr": (
        "İki saat önce {a} gönderdim, hesabıma hâlâ geçmedi.",
        "İşlem zincirde onaylandı, özeti şu: {h}.",
        "Para çekme talebim sabahtan beri beklemede, bakabilir misiniz?",
        "Telefonumu kaybettim, girişte ikinci adımı geçemiyorum.",
        "Teşekkürler, oldu.",
        "Yanlışlıkla başka bir ağ seçtim, para gitti mi?",
    ),
    "pt": (
        "Enviei {a} há duas horas e o valor ainda não entrou na minha conta.",
        "A transação já foi confirmada na rede, o hash é {h}.",
        "Meu saque está pendente desde hoje cedo, podem verificar, por favor?",
        "Perdi o celular e não consigo passar da segunda etapa do login.",
        "Obrigado, deu certo.",
        "Escolhi a rede errada por engano. O dinheiro se perdeu?",
    ),
    "es": (
        "Hace dos horas envié {a} y todavía no aparece en mi cuenta.",
        "La transacción está confirmada en la red, este es el hash: {h}.",
        "Mi retiro sigue pendiente desde esta mañana, ¿lo pueden revisar, por favor?",
        "Perdí el teléfono y no puedo pasar del segundo paso al iniciar sesión.",
        "Gracias, ya funcionó.",
        "Elegí la red equivocada por error. ¿Se perdió el dinero?",
    ),
    "id": (
        "Saya mengirim {a} dua jam yang lalu, tetapi belum masuk ke akun saya.",
        "Transaksinya sudah terkonfirmasi di jaringan, ini hash-nya: {h}.",
        "Penarikan saya tertunda sejak pagi, tolong dicek ya.",
        "Ponsel saya hilang dan saya tidak bisa melewati langkah kedua saat masuk.",
        "Terima kasih, sudah berhasil.",
        "Saya salah memilih jaringan. Apakah uangnya hilang?",
    ),
    "ja": (
        "2時間前に{a}を入金しましたが、まだ口座に反映されていません。",
        "チェーン上では承認済みです。ハッシュは {h} です。",
        "出金が今朝からずっと保留のままです。確認していただけますか。",
        "携帯電話をなくしてしまい、ログインの二段階目に進めません。",
        "ありがとうございます。できました。",
        "間違ったネットワークを選んでしまいました。資金は戻りますか。",
    ),
    "ko": (
        "두 시간 전에 {a}를 입금했는데 아직 계정에 반영되지 않았어요.",
        "체인에서는 이미 확인됐고 해시는 {h} 입니다.",
        "출금이 아침부터 계속 대기 중인데 확인 부탁드려요.",
        "휴대폰을 잃어버려서 로그인할 때 두 번째 단계를 넘어갈 수가 없어요.",
        "감사합니다. 해결됐어요.",
        "네트워크를 잘못 골랐는데 돈을 찾을 수 있을까요?",
    ),
}

AGENT: dict[str, tuple[str, ...]] = {
    "en": ("Thank you for waiting. I can see the transfer and have asked the wallet team to credit it.", "Could you tell me the hash?"),
    "zh-Hans": ("感谢您的耐心等待，我已经看到这笔转账，并请钱包团队入账。", "请问可以提供交易哈希吗？"),
    "zh-Hant": ("感謝您的耐心等候，我已經看到這筆轉帳，並請錢包團隊入帳。", "請問可以提供交易雜湊嗎？"),
    "ru": ("Спасибо, что подождали. Я вижу перевод и попросил команду кошельков его зачислить.", "Пришлите, пожалуйста, хеш транзакции."),
    "vi": ("Cảm ơn bạn đã chờ. Tôi đã thấy khoản chuyển và nhờ bộ phận ví ghi có.", "Bạn cho tôi xin mã băm của giao dịch nhé."),
    "tr": ("Beklediğiniz için teşekkürler. Transferi gördüm ve cüzdan ekibinden işlemesini istedim.", "İşlem özetini paylaşır mısınız?"),
    "pt": (
        "Obrigado por aguardar. Localizei a transferência e pedi o crédito à equipe de carteiras.",
        "Pode me enviar o hash da transação?",
    ),
    "es": ("Gracias por esperar. Ya veo la transferencia y pedí al equipo de billeteras que la acredite.", "¿Me puede dar el hash?"),
    "id": ("Terima kasih sudah menunggu. Transfernya sudah terlihat dan saya minta tim dompet memprosesnya.", "Boleh minta hash-nya?"),
    "ja": ("お待たせいたしました。送金を確認し、ウォレット担当に反映を依頼しました。", "取引のハッシュを教えていただけますか。"),
    "ko": ("기다려 주셔서 감사합니다. 송금을 확인했고 지갑 팀에 반영을 요청했습니다.", "거래 해시를 알려 주시겠어요?"),
}

LANGUAGES = tuple(CUSTOMER)
_COINS = ("USDT", "BTC", "ETH", "SOL", "XRP", "TRX")


def say(by_language: dict[str, tuple[str, ...]], language: str, chance: random.Random) -> str:
    """Put one to four sentences together, mostly one or two, as people in a chat do."""
    many = chance.choices((1, 2, 3, 4), (50, 32, 13, 5))[0]
    said = [chance.choice(by_language[language]) for _ in range(many)]
    words = ("" if language in {"zh-Hans", "zh-Hant", "ja"} else " ").join(said)
    if "{" not in words:
        return words
    amount = f"{chance.randrange(5, 90_000)}.{chance.randrange(100):02d} {chance.choice(_COINS)}"
    return words.replace("{a}", amount).replace("{h}", f"0x{chance.getrandbits(256):064x}")
