"""`vigil doctor`: what is wrong with this installation, looked at from the outside in, each with its remedy."""

import re
from collections.abc import Sequence

from vigil.config.cli.doctor import ground, house
from vigil.config.cli.doctor.complaint import Complaint, Look
from vigil.kernel.environment import BadSetting


def doctor(arguments: Sequence[str]) -> int:
    """Look at the installation from the outside in; 1 when anything is wrong."""
    failed: set[Look] = set()
    for name, look in _EXAMINATIONS:
        if failed & _NEEDS.get(look, set()):
            continue  # what it stands on has been named already
        complaint = _ask(look)
        if complaint is None:
            print(f"  well   {name}")
            continue
        print(f"  WRONG  {name}: {complaint.wrong}\n         {complaint.remedy}")
        failed.add(look)
        if complaint.ends:
            break
    return int(bool(failed))


def _ask(look: Look) -> Complaint | None:
    try:
        return look()
    except BadSetting as error:
        return _bad_setting(error)
    except Exception as error:  # noqa: BLE001 - a doctor that falls over has found something too.
        # The message is left out: it may quote an address with its password.
        return Complaint(f"the look itself failed: {type(error).__name__}", "report this with the line above")


def _bad_setting(error: BadSetting) -> Complaint:
    named = re.match(r"[A-Z_]+", str(error))
    setting = named[0].removesuffix("_FILE") if named else "the setting"
    return Complaint(str(error), f"set {setting} as docs/operate/settings.md says, then ask again", ends=True)


_EXAMINATIONS: tuple[tuple[str, Look], ...] = (
    ("Python", ground.python),
    ("packages", ground.packages),
    ("state folder", ground.state),
    ("settings", ground.settings),
    ("names of settings", ground.strangers),
    ("profile", ground.profile),
    ("topics", ground.topics),
    ("languages", ground.catalogues),
    ("bell", ground.bell),
    ("relay", ground.relay),
    ("database", house.database),
    ("schema", house.schema),
    ("queues", house.queues),
    ("people", house.people),
    ("files", house.files),
    ("verdicts", house.verdicts),
    ("jobs", house.jobs),
    ("worker", house.worker),
    ("search", house.search),
    ("letters", house.letters),
    ("audit", house.audit),
)
_NEEDS: dict[Look, set[Look]] = {
    ground.topics: {ground.profile},
    house.schema: {house.database},
    house.queues: {house.database, ground.profile},
    **{
        look: {house.database}
        for look in (house.people, house.verdicts, house.jobs, house.worker, house.search, house.letters, house.audit)
    },
}
