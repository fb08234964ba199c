"""What is judged from plain values: how an address is shown to somebody who may only recognise it."""


def hint_of(address: str) -> str:
    """Write an e-mail address so that its owner recognises it and nobody else learns it: a…a@mail.example."""
    local, _, domain = address.rpartition("@")
    return f"{local[0]}…{local[-1] if len(local) > 2 else ''}@{domain}"
