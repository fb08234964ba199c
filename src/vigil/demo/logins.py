"""Who may sign in to the demo's desk, for the newcomer who has just started it."""

from vigil.demo.world.loader import load_world

# Known to everybody who reads this; production mode never makes a demo world.
PASSWORD = "vigil-night-shift"


def list_logins() -> list[str]:
    """List a line for each person: e-mail, name, role and languages; supervisors and admins first."""
    order = {"admin": 0, "supervisor": 1, "agent": 2}
    people = sorted(load_world().staff, key=lambda person: order.get(person.role, 3))
    return [f"{person.email:<32} {person.name:<16} {person.role:<11} {' '.join(person.languages)}" for person in people]
