"""Codes that open an account once (SMS, mail, authenticator, backup), and the seeds of authenticators, by the words around them."""

import re
from collections.abc import Iterator

from vigil.identifiers.folding import folded
from vigil.safety.findings import Span
from vigil.safety.normalise import Normalised
from vigil.safety.vocabulary import NUMBERED, first_start, last_end

NAME, VERSION = "code", 1

_CODES = folded(
    "verification code|verify code|verifying code|confirmation code|sms code|text code|email code|mail code|e-mail code|2fa|otp",
    "totp|mfa|authenticator code|auth code|authentication code|security code|login code|log-in code|google code|one-time code",
    "one time code|one-time pass|backup code|recovery code|passcode|code is|code:|ga code|pin code|pin:|withdrawal code|验证码",
    "驗證碼|校验码|動態碼|动态码|短信码|安全码|备用码|動態密碼|动态密码|谷歌码|二次验证|код подтверждения|код из смс|смс-код",
    "смс код|код из sms|sms-код|sms код|код 2fa|код:|код от|код пришел|код пришёл|код авториз|код вериф|код аутентиф|одноразов",
    "код с почты|код из письма|код google|резервн|mã xác minh|mã xác nhận|mã xác thực|mã otp|mã sms|mã 2fa|mã là|mã:",
    "doğrulama kod|onay kod|sms kod|güvenlik kod|kodum|kod:|kodu:|gelen kod|código de verificação|código de verificación",
    "código sms|código de segurança|código de seguridad|código de confirma|código 2fa|código:|código é|código es|código del sms",
    "código do sms|código de autentica|kode verifikasi|kode otp|kode sms|kode konfirmasi|kode keamanan|kode:|kode saya|kode 2fa",
    "認証コード|確認コード|検証コード|セキュリティコード|ワンタイム|smsコード|인증번호|인증 번호|인증코드|인증 코드|확인코드",
    "보안코드|보안 코드|otp번호|일회용",
)
_OTHERS = folded(
    "error code|promo code|referral code|invite code|invitation code|qr code|zip code|postal code|country code|swift code",
    "bank code|status code|source code|coupon code|voucher code|gift code|discount code|area code|error|код ошибки|промокод",
    "промо-код|реферальный код|код страны|код банка|mã lỗi|mã giới thiệu|mã giảm giá|mã khuyến mãi|hata kodu|referans kodu",
    "davet kodu|posta kodu|banka kodu|promosyon kodu|código de erro|código de error|código de convite|código de indicação",
    "código promocional|código postal|código de referido|código de referência|kode error|kode kesalahan|kode referral",
    "kode promo|kode undangan|kode pos|エラーコード|招待コード|紹介コード|郵便番号|오류 코드|에러 코드|추천 코드|초대 코드",
    "오류코드|에러코드|추천코드|错误码|错误代码|邀请码|推荐码|兑换码|错误代碼|錯誤碼|錯誤代碼|邀請碼|推薦碼|兌換碼|bonus code",
    "bonus kodu",
)
_SEEDS = folded(
    "authenticator|2fa|totp|two-factor|two factor|setup key|set-up key|谷歌验证|谷歌驗證|验证器|驗證器|двухфактор",
    "аутентификатор|xác thực|doğrulayıcı|iki faktör|autenticador|dois fatores|dos factores|autentikator|otentikator|認証アプリ",
    "二段階|인증기|2단계|인증 앱|mfa",
)
_DIGITS = re.compile(
    r"(?<![0-9a-z_+#$€£¥₩₽%@])(?<!\d[.,:/-])(?:g-)?[0-9oозбli|]{2,4}(?:[ -]?[0-9oозбli|]{1,4})?(?![0-9A-Za-z_@%/]|[.,:]\d|-\d)"
)
_FEW, _MOST = 4, 8
_USUAL = 6
_BEFORE, _NEAR, _AFTER = 40, 16, 20
_REAL = 0.6
_UNIT = re.compile(
    r"\s?(?:usd|usdt|usdc|btc|eth|trx|eur|rub|руб|try|tl\b|vnd|đ|r\$|krw|won|원|円|元|块|rp|idr|brl|min|мин|phut|dakika|minut|分|小时|hour|час|days?\b"
    r"|дн|ngay|gun|dias?\b|hari|日|天|년|times|раз|lan\b|kere|vezes|veces|kali|次|回|번|sec|секунд|秒|초|people|users|digits|digit|位|桁|자리|haneli)"
)
_MOMENT = re.compile(r"(?:19|20)\d\d(?:[01]\d[0-3]\d)?\Z")
_ENDED = re.compile(r"[!?]\s|\.\s|[。!?]")
_SEED = re.compile(
    r"(?<![0-9A-Za-z])(?:[A-Z2-7]{16}|[A-Z2-7]{20}|[A-Z2-7]{26}|[A-Z2-7]{32}|[A-Z2-7]{52}|[A-Z2-7]{64}"
    r"|(?:[A-Za-z2-7]{4}[ -]){3,15}[A-Za-z2-7]{4})(?![0-9A-Za-z])"
)
_SEED_REACH, _SEED_LETTERS = 80, 8


def find(seen: Normalised) -> Iterator[Span]:
    """Find codes beside the words that name them."""
    yield from _codes(seen)
    yield from _seeds(seen)


def _codes(seen: Normalised) -> Iterator[Span]:
    lower = seen.lower
    values = [found.span() for found in _DIGITS.finditer(lower) if _is_code(lower, *found.span())]
    if not values:
        return
    names = seen.places(_CODES)
    if not names:
        return
    last = (-1, -1)
    for start, end in values:
        if _is_named(seen, names, start, end) or (0 <= start - last[1] <= 3 and _size(lower, start, end) == _size(lower, *last)):
            yield Span(start, end, "one_time_code", "medium")
            last = start, end


def _size(lower: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, lower[start:end].removeprefix("g-")))


def _is_code(lower: str, start: int, end: int) -> bool:
    written = lower[start:end].removeprefix("g-")
    letters = [each for each in written if each not in " -"]
    return (
        _FEW <= len(letters) <= _MOST
        and sum(map(str.isdigit, letters)) >= _REAL * len(letters)
        and not _MOMENT.match("".join(letters))
        and not _UNIT.match(lower, end)
    )


def _is_named(seen: Normalised, names: list[tuple[int, int]], start: int, end: int) -> bool:
    lower, size = seen.lower, _size(seen.lower, start, end)
    named = last_end(names, max(0, start - (_BEFORE if size == _USUAL else _NEAR)), start)
    if named >= 0:
        if last_end(seen.places(_OTHERS), max(0, named - _BEFORE), start) >= named - 2:
            return False
        other = last_end(seen.places(NUMBERED), named, start)
        between = lower[named:start]
        return other < 0 and not _ENDED.search(between) and not re.search(r"\d", between)
    after = first_start(names, end, end + _AFTER)
    return (
        size == _USUAL
        and after >= 0
        and not re.search(r"[\d,.;!?。、\n]", lower[end:after])
        and last_end(seen.places(NUMBERED), max(0, start - 12), start) < 0
    )


def _seeds(seen: Normalised) -> Iterator[Span]:
    for found in _SEED.finditer(seen.plain):
        value = found[0].replace(" ", "").replace("-", "")
        if len(set(value)) < _SEED_LETTERS or not any(map(str.isdigit, value)):
            continue
        if value != value.upper() and value != value.lower():
            continue
        if last_end(seen.places(_SEEDS), max(0, found.start() - _SEED_REACH), found.start()) >= 0:
            yield Span(found.start(), found.end(), "totp_secret", "medium")
