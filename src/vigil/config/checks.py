"""Refuses to start an installation that is not safe, naming the setting and the remedy."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from vigil.kernel.environment import env_str


def production_is_safe(app_configs: Any = None, **kwargs: Any) -> list[Error]:
    """List what production mode refuses; other modes are for laptops and tests and pass."""
    if settings.VIGIL_MODE != "production":
        return []
    faults = [
        (len(settings.SECRET_KEY) < 32, "VIGIL_SECRET_KEY", "is missing or shorter than 32 characters", "set it, or VIGIL_SECRET_KEY_FILE"),
        (not settings.VIGIL_BASE_URL.startswith("https://"), "VIGIL_BASE_URL", "is not https", "give the address customers use"),
        (
            any(host == "*" or host.startswith(".") for host in settings.ALLOWED_HOSTS),
            "VIGIL_ALLOWED_HOSTS",
            "has a wildcard",
            "name each host",
        ),
        (not settings.VIGIL_SECOND_FACTOR, "VIGIL_SECOND_FACTOR", "is off", "leave it on: the desk asks everybody for a second factor"),
        (settings.DEBUG, "DEBUG", "is on", "leave it off"),
        (bool(env_str("VIGIL_FAULTS")), "VIGIL_FAULTS", "arms fault points", "unset it"),
        (not settings.VIGIL_SMTP_URL, "VIGIL_SMTP_URL", "is missing", "name the server that sends our own mail"),
    ]
    return [
        Error(f"{name} {wrong}.", hint=f"{remedy[0].upper()}{remedy[1:]}.", id=f"vigil.{name}")
        for is_wrong, name, wrong, remedy in faults
        if is_wrong
    ]


def register_all() -> None:
    """Register the checks with Django; `vigil doctor` and every start run them."""
    register(production_is_safe, "security")
