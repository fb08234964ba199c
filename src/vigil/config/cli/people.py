"""The command that looks after the people of the team."""

import sys
from collections.abc import Sequence

from vigil.config.cli.run import set_up


def agents(arguments: Sequence[str]) -> int:
    """List the team, switch somebody off, or sign somebody out everywhere; 1 for an e-mail nobody has, 2 for other words."""
    set_up()
    from vigil.kernel import clock  # Imported here: only now is Django set up.
    from vigil.team import commands, queries

    if not arguments:
        for email, name, is_active in queries.list_agents():
            print(f"{email:<40} {name}{'' if is_active else '  (switched off)'}")
        return 0
    deeds = {"off": commands.switch_off, "out": commands.end_sessions}
    if len(arguments) != 2 or arguments[0] not in deeds:
        print("usage: vigil agents [off EMAIL | out EMAIL]", file=sys.stderr)
        return 2
    agent_id = queries.find_agent_id(arguments[1])
    if agent_id is None:
        print(f"vigil: nobody here has the e-mail {arguments[1]}", file=sys.stderr)
        return 1
    deeds[arguments[0]](agent_id=agent_id, actor="system", at=clock.now())
    return 0
