"""Secrets that the words beside them name: access keys, passwords, codes, seeds of authenticators; in eleven languages."""

import pytest

from vigil.safety.commands import screen
from vigil.safety.scanning import scan
from vigil.safety.tests import makers
from vigil.workspace.access_keys import shapes

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def _random(seed: int, size: int, letters: str = _ALPHABET) -> str:
    return "".join(makers.seeded(seed).choices(letters, k=size))


def _kinds(text: str) -> list[str]:
    return [finding["kind"] for finding in scan(text)["findings"]]


@pytest.mark.parametrize(
    "text",
    [
        "my password is {}",
        "Password: {}",
        "пароль: {}",
        "мой пароль это {}",
        "密码是{}，请帮我登录",
        "密碼：{}",
        "mật khẩu của tôi là {}",
        "şifrem: {}",
        "minha senha é {}",
        "contraseña: {}",
        "kata sandi saya adalah {}",
        "パスワードは {} です",
        "비밀번호: {}",
        "ｐａｓｓｗｏｒｄ：{}",
    ],
)
def test_a_password_is_hidden_behind_its_label(text: str) -> None:
    found = scan(text.format("Qw3rty!x9"))
    assert [each["kind"] for each in found["findings"]] == ["password"]
    assert found["masked"] == text.format("⟦hidden:password⟧")


@pytest.mark.parametrize(
    "text",
    [
        "I forgot my password, what now?",
        "password: required",
        "My password is 8 characters long",
        "I changed my password 2 days ago",
        "пароль не подходит",
        "密码忘记了怎么办",
        "密码是6位数字",
        "şifrem yanlış diyor",
        "minha senha não funciona",
        "パスワードを忘れました",
        "비밀번호가 틀렸다고 나와요",
        "password reset: https://www.example/reset",
        "mật khẩu của tôi bị sai",
    ],
)
def test_the_bare_word_password_hides_nothing(text: str) -> None:
    assert _kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "my sms code is {}",
        "Your verification code is G-{}",
        "{} is my 2FA code",
        "验证码：{}",
        "驗證碼是{}",
        "код из смс {}",
        "mã OTP của tôi là {}",
        "doğrulama kodu {}",
        "o código de verificação é {}",
        "código de verificación: {}",
        "kode OTP saya {}",
        "認証コードは{}です",
        "인증번호 {} 입니다",
    ],
)
@pytest.mark.parametrize("code", ["482913", "４８２９１３", "482 913", "48O9l3"])
def test_a_code_is_hidden_beside_the_words_that_name_it(text: str, code: str) -> None:
    found = scan(text.format(code))
    assert [each["kind"] for each in found["findings"]] == ["one_time_code"]
    assert "913" not in found["masked"]


@pytest.mark.parametrize(
    "text",
    [
        "I did not get the sms code, UID 12345678",
        "SMS code not arriving to +7 900 1234567",
        "2FA reset takes 24 hours, ticket 482913",
        "I requested the verification code on 20251010 at 14:35",
        "the verification code never came and 500000 VND were sent",
        "验证码要等10分钟",
        "Error code: 100423",
        "promo code: 123456",
        "код ошибки: 100423",
        "邀请码：482913",
    ],
)
def test_other_numbers_beside_a_code_stay(text: str) -> None:
    assert _kinds(text) == []


def test_backup_codes_are_hidden_all() -> None:
    assert _kinds("backup codes: 12345678 23456789\n34567890") == ["one_time_code"] * 3


def test_the_seed_of_an_authenticator_is_hidden_also_in_groups() -> None:
    seed = makers.stellar(3)[1:33]
    assert _kinds(f"google authenticator key {seed}") == ["totp_secret"]
    assert _kinds("谷歌验证密钥 " + " ".join(seed.lower()[at : at + 4] for at in range(0, 32, 4))) == ["totp_secret"]
    assert _kinds(f"what is {seed}") == []


@pytest.mark.parametrize(
    "text",
    [
        "API key: {} secret key: {}",
        "apiKey={}\nsecretKey={}",
        "我的API密钥是{}，{}",
        "api-ключ {} секретный ключ {}",
        "khóa API: {}\nkhóa bí mật: {}",
        "API anahtarım: {}\ngizli anahtar: {}",
        "chave API: {} e a chave secreta {}",
        "clave API {} y clave secreta {}",
        "kunci API: {}\n{}",
        "APIキー：{} シークレットキー：{}",
        "API 키: {}\n시크릿 키: {}",
    ],
)
def test_an_access_key_and_its_secret_are_hidden_both(text: str) -> None:
    for size in (32, 64):
        key, secret = _random(size, size), _random(size + 1, size, "0123456789abcdef" if size == 32 else _ALPHABET)
        left = screen(text.format(key, secret)).text
        assert key not in left
        assert secret not in left


def test_a_key_of_our_own_needs_no_words() -> None:
    (shape,) = shapes()
    key, secret = shape.begins + _random(5, 20), _random(6, 32, "0123456789abcdef")
    assert screen(f"why does {key} {secret} not work").text == "why does ⟦hidden:api_secret⟧ ⟦hidden:api_secret⟧ not work"
    assert _kinds(f"{shape.begins} does not work") == []


@pytest.mark.parametrize(
    "token",
    [
        "AKIA" + _random(1, 16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
        "ghp_" + _random(2, 36),
        "xoxb-" + _random(3, 11, "0123456789") + "-" + _random(4, 24),
        "sk_live_" + _random(5, 24),
        _random(6, 10, "123456789") + ":AA" + _random(7, 33),
        "eyJhbGciOiJIUzI1NiJ9.eyJ" + _random(8, 40) + "." + _random(9, 43),
        "glpat-" + _random(10, 20),
        "hf_" + _random(11, 34, _ALPHABET[:52]),
    ],
)
def test_a_providers_token_is_hidden_wherever_it_stands(token: str) -> None:
    for text in (token, f"看{token}", f"token={token}", f"does not work:\n{token}"):
        assert _kinds(text) == ["api_secret"], text


@pytest.mark.parametrize(
    "text",
    [
        "curl -u ana:{} https://api.example",
        "Authorization: Bearer {}",
        "https://ana:{}@db.example/x",
        'FOO_SECRET = "{}"',
        "Cookie: session={}",
    ],
)
def test_what_a_program_would_send_is_hidden(text: str) -> None:
    value = _random(12, 32)
    assert value not in screen(text.format(value)).text


@pytest.mark.parametrize(
    "text",
    [
        "token: 0x" + makers.hex64(1)[:40],
        "xoxb-XXXXXXXXXXXX-XXXXXXXXXXXX",
        "curl -u <user:password> https://api.example",
        "api key permissions: read only",
        "secret_length = config.secret_length_of_all",
        "csrf-token=" + _random(13, 40),
        "My API key stopped working, order " + "474250929059741696",
        "api order txid " + makers.hex64(2),
    ],
)
def test_what_only_looks_like_a_key_stays(text: str) -> None:
    assert _kinds(text) == []
    assert scan(text)["ask"] == []


def test_a_key_file_is_hidden_whole() -> None:
    inner = (
        '{"cipher":"aes-128-ctr","ciphertext":"'
        + makers.hex64(3)
        + '","kdf":"scrypt","kdfparams":{"n":8192},"mac":"'
        + makers.hex64(4)
        + '"}'
    )
    for name in ("crypto", "Crypto"):
        text = 'look: {"address":"' + makers.hex64(5)[:40] + f'","{name}":{inner},"version":3' + "} thanks"
        assert screen(text).text == "look: ⟦hidden:key_file⟧ thanks"
