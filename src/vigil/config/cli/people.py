"""The command that looks after the people of the team."""

import argparse
import sys
from collections.abc import Sequence

from vigil.config.cli.run import set_up
from vigil.config.cli.usages import AGENTS


def agents(arguments: Sequence[str]) -> int:
    """List the team, hire somebody, switch somebody off or on again, sign somebody out everywhere, or reset their second factors.

    1 for an e-mail nobody has and for somebody who cannot be hired so, 2 for other words.
    """
    set_up()
    match list(arguments):
        case []:
            return _list()
        case ["hire", *rest]:
            return _hire(rest)
        case [("off" | "on" | "out" | "reset") as deed, email]:
            return _change(deed, email)
        case _:
            print(AGENTS, file=sys.stderr)
            return 2


def _list() -> int:
    from vigil.team import queries  # Imported here: only now is Django set up; so are those below.

    everybody = queries.list_agents()
    for email, name, is_active in everybody:
        print(f"{email:<40} {name}{'' if is_active else '  (switched off)'}")
    if not everybody:
        print("Nobody works here yet; `vigil agents hire` lets somebody in, and `vigil agents --help` says how.")
    return 0


def _change(deed: str, email: str) -> int:
    from vigil.kernel import clock
    from vigil.team import commands, queries

    agent_id = queries.find_agent_id(email)
    if agent_id is None:
        print(f"vigil: nobody here has the e-mail {email}", file=sys.stderr)
        return 1
    deeds = {"off": commands.switch_off, "on": commands.switch_on, "out": commands.end_sessions, "reset": commands.reset_factors}
    if deeds[deed](agent_id=agent_id, actor="system", at=clock.now()) is False:
        print(f"{email} has no second factor." if deed == "reset" else f"{email} was not switched off.")
    return 0


def _hire(arguments: Sequence[str]) -> int:
    from django.urls import reverse

    from vigil.kernel import clock, post
    from vigil.team import commands
    from vigil.team.errors import CannotHire

    chosen = _hiring().parse_args(arguments)
    hiring = commands.Hiring(
        email=chosen.email,
        name=chosen.name,
        public_name=chosen.public_name or chosen.name.split()[0],
        role=chosen.role,
        languages=chosen.language,
        teams=chosen.team,
        zone=chosen.zone,
    )
    try:
        hired = commands.hire(hiring, actor="system", at=clock.now())
    except CannotHire as error:
        print(f"vigil: {error}", file=sys.stderr)
        return 1
    hours = int(commands.FIRST_LINK_KEEPS.total_seconds() // 3600)
    print(f"{hiring.name} works here now. This link chooses the password, once, within {hours} hours; give it to nobody else:\n")
    print(f"  {post.link(reverse('desk:new-password', args=[hired.token]))}\n")
    return 0


def _hiring() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="vigil agents hire", usage=AGENTS.removeprefix("usage: "), add_help=False)
    parser.add_argument("email")
    parser.add_argument("name", type=_words)
    parser.add_argument("--public-name", default="", help="what customers read; the first word of NAME when left out")
    parser.add_argument("--role", choices=("agent", "supervisor", "admin"), default="agent")
    parser.add_argument("--language", action="append", default=[])
    parser.add_argument("--team", action="append", default=[])
    parser.add_argument("--zone", default="UTC")
    return parser


def _words(name: str) -> str:
    if not name.strip():
        raise argparse.ArgumentTypeError("is empty")
    return name.strip()
