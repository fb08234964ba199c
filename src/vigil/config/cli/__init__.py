"""The command `vigil`: its commands in three groups, run, check and measure."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pkgutil import resolve_name

from vigil.config.cli import usages
from vigil.config.cli.unprepared import find_reason
from vigil.kernel.environment import BadSetting

Act = Callable[[Sequence[str]], int]


@dataclass(frozen=True, slots=True)
class Command:
    """A word one may type after `vigil`, what it does in a line, what does it, and what may follow where that needs more room.

    What does it is named as module:function of this package, and imported once somebody wants it: the help and the commands that
    judge text must not wait for a web server.
    """

    name: str
    line: str
    act: str
    usage: str = ""
    takes_words: bool = False

    @property
    def acts(self) -> Act:
        """Import what does it."""
        found: Act = resolve_name(f"{__name__}.{self.act}")
        return found


GROUPS: dict[str, tuple[Command, ...]] = {
    "run": (
        Command("run", "start everything on this machine, with a demo world on the first start", "run:run"),
        Command("prepare", "bring the database, the pages' files and the catalogues up to date", "run:prepare"),
        Command("serve", "serve the pages and the live streams", "run:serve"),
        Command("work", "do the jobs that wait", "run:work"),
        Command(
            "agents",
            "list the team; agents hire lets somebody in, off EMAIL ends their access, on EMAIL gives it back, out EMAIL signs them out, "
            "reset EMAIL takes second factors that were lost",
            "people:agents",
            usages.AGENTS,
            takes_words=True,
        ),
        Command("embed", "print the lines to copy into a page that shall hold the chat", "embedding:embed"),
        Command("demo", "demo world: make the demo world; demo traffic: let customers come", "run:demo", takes_words=True),
    ),
    "check": (
        Command("doctor", "name what is wrong with this installation, and the remedy", "doctor:doctor"),
        Command(
            "verify-audit",
            "walk the chain of the audit and name the first bad record; verify-audit NUMBER:HASH also checks a kept anchor",
            "check:verify_audit",
            takes_words=True,
        ),
        Command("scan", "find the secrets in texts, and what stands in their place", "judging:scan", usages.JUDGING),
        Command(
            "identify", "name the facts in texts: addresses, transactions, orders, pairs and the like", "judging:identify", usages.JUDGING
        ),
        Command(
            "check-link", "say whether links are ours, or whom they imitate", "judging:check_link", usages.CHECK_LINK, takes_words=True
        ),
        Command(
            "check-reply", "say what stands against sending texts in our name", "judging:check_reply", usages.CHECK_REPLY, takes_words=True
        ),
        Command("check-languages", "list what is missing or wrong in the eleven catalogues", "check:languages"),
        Command("collect-languages", "bring new strings into the catalogues", "check:collect"),
        Command(
            "dead-letters",
            "list the jobs that were given up; dead-letters retry NUMBER runs one again",
            "check:dead_letters",
            takes_words=True,
        ),
    ),
    "measure": (
        Command("bench", "measure this machine, print the figures and keep them in bench/figures.md", "measure:bench", takes_words=True),
    ),
}


def usage() -> str:
    """Write the page of help."""
    lines = ["vigil: the support desk of a global crypto exchange", "", "usage: vigil COMMAND [ARGUMENT ...]"]
    for group, commands in GROUPS.items():
        lines += ["", f"{group}:"]
        lines += [f"  {command.name:<18} {command.line}" for command in commands]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what was typed; 0 is well, 1 found something wrong, 2 is a command nobody knows."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0
    command = next((each for commands in GROUPS.values() for each in commands if each.name == words[0]), None)
    if command is None:
        print(f"vigil: there is no command {words[0]!r}\n\n{usage()}", file=sys.stderr)
        return 2
    if command.name != "demo" and set(words[1:]) & {"-h", "--help"}:
        print("\n".join(filter(None, [f"vigil {command.name}: {command.line}", command.usage])))
        return 0
    return _act(command, words[1:])


def _act(command: Command, words: Sequence[str]) -> int:
    if words and not command.takes_words:
        print(f"vigil: `{command.name}` takes nothing behind it, so {words[0]!r} would go unread", file=sys.stderr)
        return 2
    try:
        return command.acts(words)
    except BadSetting as error:
        print(f"vigil: {error}", file=sys.stderr)
        return 1
    except Exception as error:
        reason = find_reason(error)
        if reason is None:
            raise
        print(f"vigil: {reason}", file=sys.stderr)
        return 1


def start() -> None:
    """Run `main` as a program."""
    raise SystemExit(main())
