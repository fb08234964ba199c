"""Typed readers of the environment; nonsense is refused at start-up, by name."""

import os
from pathlib import Path


class BadSetting(Exception):
    """A setting has a value that cannot be meant; the message names the setting and what it takes."""


def env_str(name: str, default: str = "") -> str:
    """Read a line of text; white space around it is dropped."""
    return os.environ.get(name, default).strip()


def env_bool(name: str, default: bool) -> bool:
    """Read yes or no: 1/0, true/false, yes/no, on/off."""
    raw = env_str(name).lower()
    if not raw:
        return default
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    raise BadSetting(f"{name} takes yes or no, not {raw!r}")


def env_int(name: str, default: int, *, least: int, most: int) -> int:
    """Read a whole number between `least` and `most`, both included."""
    raw = env_str(name)
    if not raw:
        return default
    try:
        value = int(raw)
    except ValueError:
        raise BadSetting(f"{name} takes a whole number, not {raw!r}") from None
    if not least <= value <= most:
        raise BadSetting(f"{name} takes a number from {least} to {most}, not {value}")
    return value


def env_list(name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Read a list parted by commas; empty parts are dropped."""
    raw = env_str(name)
    return tuple(part.strip() for part in raw.split(",") if part.strip()) if raw else default


def env_path(name: str, default: Path) -> Path:
    """Read a path; `~` is the home folder."""
    raw = env_str(name)
    return Path(raw).expanduser() if raw else default


def env_secret(name: str) -> str:
    """Read a secret from NAME, or from the file that NAME_FILE names. Empty when neither is set."""
    file = env_str(f"{name}_FILE")
    if not file:
        return env_str(name)
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSetting(f"{name}_FILE cannot be read: {error.strerror}") from None
