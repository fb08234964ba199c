"""Where this installation listens, and where it is met from this machine; read without Django, for the help must not wait for it."""

from vigil.kernel.environment import env_int, env_str

# Who listens everywhere is met at home.
_EVERYWHERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - nothing is bound here


def listening_at() -> tuple[str, int]:
    """Tell the host and the port to listen on. Raises BadSetting."""
    return env_str("VIGIL_HOST", "127.0.0.1"), env_int("VIGIL_PORT", 8000, least=1, most=65535)


def own_url() -> str:
    """Tell the address at which a program on this machine reaches the server. Raises BadSetting."""
    host, port = listening_at()
    near = _EVERYWHERE.get(host, host)
    return f"http://[{near}]:{port}" if ":" in near else f"http://{near}:{port}"
