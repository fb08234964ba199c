"""How often a guest may come, begin and guess; counted in the memory of this process."""

import ipaddress
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from vigil.kernel import clock
from vigil.kernel.errors import Refusal
from vigil.kernel.live.limits import Buckets
from vigil.kernel.live.refusals import TooFast

# A whole town may share one address behind its carrier: beyond these, each pays for a deed with a little work and nobody is shut out.
_OF_ADDRESS = 60
_OF_SITE = 600
_PAID_OF_ADDRESS = 600
_RUSH_LASTS = 600.0  # seconds
_OPENINGS_OF_GUEST = 10
_DEEDS_OF_GUEST = 30
_SIGHTS_OF_GUEST = 60
_LOOKS_OF_ADDRESS = 600
_NAMINGS_OF_GUEST = 120
# One who types pauses now and then; long words count for several. Beyond these there are no chips, and all else goes on.
_READINGS_OF_ADDRESS = 300
_READINGS_OF_ALL = 2400
_READ_AT_ONCE = 500  # characters
# Of letters: a guest may put an address right a few times, and nobody is written to all day at a stranger's wish.
_ADDRESSES_OF_GUEST = 60
_LETTERS_OF_GUEST = 6
_LETTERS_OF_ADDRESS = 30
_LETTERS_TO_ONE = 10
_HOUR = 3600.0
_MINUTE = 60.0
_MOST_MISSES = 20
_MOST_BLOCKED = 50_000

Monotonic = Callable[[], float]


class Budget:
    """So many deeds of a key within so many seconds; safe to share between threads."""

    def __init__(self, most: int, seconds: float, monotonic: Monotonic = clock.monotonic) -> None:
        self._buckets = Buckets(most, seconds, monotonic=monotonic)
        self._lock = Lock()

    def spend(self, key: str) -> None:
        """Count one deed. Raises TooFast when there were too many."""
        wait = self._take(key)
        if wait:
            raise TooFast(retry_after=wait)

    def has(self, key: str) -> bool:
        """Count one deed, and say whether it was within the budget."""
        return not self._take(key)

    def _take(self, key: str) -> int:
        with self._lock:
            return self._buckets.take(key)


class Misses:
    """Counts questions about what does not exist; whoever asked 20 of them within a minute is not answered for a while."""

    def __init__(self, monotonic: Monotonic = clock.monotonic) -> None:
        self._monotonic = monotonic
        self._budget = Budget(_MOST_MISSES, _MINUTE, monotonic)
        self._until: OrderedDict[str, float] = OrderedDict()
        self._lock = Lock()

    def check(self, key: str) -> None:
        """Let a key ask. Raises TooFast while it is not answered."""
        left = self._until.get(key, 0.0) - self._monotonic()
        if left > 0:
            raise TooFast(retry_after=int(left) + 1)

    @contextmanager
    def watch(self, key: str) -> Iterator[None]:
        """Let a key ask for something, and count it where there is no such thing. Raises TooFast."""
        self.check(key)
        try:
            yield
        except Refusal as refusal:
            if refusal.status in {401, 404}:
                self.count(key)
            raise

    def count(self, key: str) -> None:
        """Count one miss. Raises TooFast when it was one too many."""
        try:
            self._budget.spend(key)
        except TooFast:
            with self._lock:
                self._until[key] = self._monotonic() + _MINUTE
                while len(self._until) > _MOST_BLOCKED:
                    self._until.popitem(last=False)
            raise


class Rush:
    """How many come at once. Beyond a crowd, whoever comes has to prove a little work: at a site for ten minutes each time."""

    def __init__(self, monotonic: Monotonic = clock.monotonic) -> None:
        self._monotonic = monotonic
        self._addresses, self._sites = Budget(_OF_ADDRESS, _MINUTE, monotonic), Budget(_OF_SITE, _MINUTE, monotonic)
        self._paid = Budget(_PAID_OF_ADDRESS, _MINUTE, monotonic)
        self._until: dict[str, float] = {}

    def is_on(self, *, address: str, site: str) -> bool:
        """Count somebody who comes without a proof, and say whether one is asked for."""
        if self._monotonic() < self._until.get(site, 0.0):
            return True
        return not (self._addresses.has(address) and self._stays_calm(site))

    def _stays_calm(self, site: str) -> bool:
        if self._sites.has(site):
            return True
        self._until[site] = self._monotonic() + _RUSH_LASTS
        return False

    def pay(self, *, address: str) -> None:
        """Count somebody who brings a proof, before it is looked at. Raises TooFast."""
        self._paid.spend(address)


class Budgets:
    """All budgets of this process."""

    def __init__(self, monotonic: Monotonic = clock.monotonic) -> None:
        self._rushes = {deed: Rush(monotonic) for deed in ("arrive", "begin")}
        self._openings = Budget(_OPENINGS_OF_GUEST, 10 * _MINUTE, monotonic)
        self._deeds = Budget(_DEEDS_OF_GUEST, 10 * _MINUTE, monotonic)
        self._sights = Budget(_SIGHTS_OF_GUEST, 10 * _MINUTE, monotonic)
        self._addresses = Budget(_ADDRESSES_OF_GUEST, _HOUR, monotonic)
        self._letters = {
            "guest": Budget(_LETTERS_OF_GUEST, _HOUR, monotonic),
            "address": Budget(_LETTERS_OF_ADDRESS, _HOUR, monotonic),
            "recipient": Budget(_LETTERS_TO_ONE, 24 * _HOUR, monotonic),
        }
        self._looks = Budget(_LOOKS_OF_ADDRESS, _MINUTE, monotonic)
        self._namings = Budget(_NAMINGS_OF_GUEST, 10 * _MINUTE, monotonic)
        self._readings = Budget(_READINGS_OF_ADDRESS, _MINUTE, monotonic), Budget(_READINGS_OF_ALL, _MINUTE, monotonic)
        self.misses = Misses(monotonic)

    def look(self, *, address: str) -> None:
        """Count that somebody asked whether a visitor is known. Raises TooFast."""
        self._looks.spend(address)

    def read(self, *, address: str, length: int) -> None:
        """Count that so many characters were read for somebody who has not sent them yet. Raises TooFast."""
        of_address, of_all = self._readings
        for _ in range(0, length, _READ_AT_ONCE):
            of_address.spend(address)
            of_all.spend("")

    def name(self, *, guest: str) -> None:
        """Count that somebody showed the exchange's word. Raises TooFast."""
        self._namings.spend(guest)

    def rush(self, deed: str) -> "Rush":
        """Give what counts how many "arrive", or "begin" a conversation."""
        return self._rushes[deed]

    def begin(self, *, guest: str) -> None:
        """Count a new conversation of a guest. Raises TooFast."""
        self._openings.spend(guest)

    def act(self, *, guest: str) -> None:
        """Count that a guest ended or rated something. Raises TooFast."""
        self._deeds.spend(guest)

    def see(self, *, guest: str) -> None:
        """Count that a guest saw that answers are there. Raises TooFast."""
        self._sights.spend(guest)

    def type(self, *, guest: str) -> None:
        """Count that a guest typed an address, whether it is one or not. Raises TooFast."""
        self._addresses.spend(guest)

    def write(self, *, guest: str, address: str, recipient: str) -> None:
        """Count that a guest, at a network address, has us write to a recipient. Raises TooFast."""
        self._letters["guest"].spend(guest)
        self._letters["address"].spend(address)
        self._letters["recipient"].spend(recipient.strip().lower())


BUDGETS = Budgets()


def neighbourhood(address: str) -> str:
    """Name who is counted together: an IPv4 address, or the /64 that one household of IPv6 commands."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 6:
        return str(parsed.ipv4_mapped or ipaddress.ip_network(f"{parsed}/64", strict=False))
    return str(parsed)
