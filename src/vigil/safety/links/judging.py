"""The one question about a link: is it ours, does it pretend to be somebody's, or does nobody know."""

from dataclasses import dataclass
from functools import lru_cache

from vigil.safety.links.brands import Brand, brands, lures
from vigil.safety.links.hosts import Host, NoHost, read_host
from vigil.safety.links.likeness import Likeness, find_likeness
from vigil.safety.links.skeletons import mixes_scripts

# In words that other programs may rely on; faces say them in the reader's language.
REASONS = (
    "official",  # stands in the registry of official channels
    "site_of",  # another exchange's own domain
    "other_suffix",  # the brand's name under a suffix that is not its own
    "brand_inside",  # the brand's name with something added
    "in_subdomain",  # the brand's name before somebody else's domain
    "domain_inside",  # the brand's whole domain inside another
    "near",  # the brand's name with a slip
    "look_alike",  # the brand's name with letters or digits that look like its own
    "confusable",  # the brand's name with letters of another script
    "mixed_scripts",  # letters of two scripts that look alike, in one name
    "punycode",  # shown with letters beyond ASCII
    "userinfo",  # something before an @ that a reader takes for the host
    "encoded",  # a host written so that nobody reads it
    "invisible",  # characters that cannot be seen
    "number",  # an address of a machine instead of a name
    "shortener",  # leads somewhere else
    "platform",  # a provider that gives names to anybody
    "no_host",  # nothing that a browser could go to
)
_LONG = 6
_SUSPICIOUS = {"userinfo", "encoded", "number", "mixed_scripts"}


@dataclass(frozen=True, slots=True)
class Official:
    """What is ours: the brand's name, and the hosts that are ours with everything below them."""

    name: str
    hosts: frozenset[str]
    tokens: tuple[str, ...] = ()

    def holds(self, host: Host) -> bool:
        """Say whether a host is one of ours, or below one."""
        return _is_below(host, self.hosts)

    @property
    def brand(self) -> Brand:
        """Give us as one whose names are imitated."""
        long = tuple(token for token in self.tokens if len(token) >= _LONG)
        return Brand(self.name, self.hosts, long, tuple(token for token in self.tokens if token not in long), is_ours=True)


@dataclass(frozen=True, slots=True)
class Judgement:
    """`verdict` is official, suspicious, fraud or unknown; `imitates` the brand that the name pretends to be; `shown` the host to show."""

    verdict: str
    imitates: str | None
    reasons: tuple[str, ...]
    shown: str = ""


def judge_link(url: str, official: Official) -> Judgement:
    """Judge a URL or a bare host by its name. Nothing is fetched; never says that a link is safe."""
    try:
        host = read_host(url)
    except NoHost:
        return Judgement("unknown", None, ("no_host",))
    marks = _marks(host)
    if official.holds(host):
        return Judgement("official", None, ("official", *marks), host.shown)
    known = _known(official)
    owner = next((brand for brand in known if _is_below(host, brand.domains)), None)
    likeness = None if owner else find_likeness(host, known, lures())
    pretended = _pretended(host, known, official)
    if pretended:
        return Judgement("fraud", pretended, marks, host.shown)
    if owner:
        return Judgement("suspicious" if _SUSPICIOUS & set(marks) else "unknown", None, ("site_of", *marks), host.shown)
    return _judged(host, likeness, marks)


def _judged(host: Host, likeness: Likeness | None, marks: tuple[str, ...]) -> Judgement:
    if likeness is None:
        return Judgement("suspicious" if _SUSPICIOUS & set(marks) else "unknown", None, marks, host.shown)
    is_fraud = likeness.is_plain or (likeness.brand.is_ours and likeness.reason in {"near", "look_alike"})
    return Judgement("fraud" if is_fraud else "suspicious", likeness.brand.name, (likeness.reason, *marks), host.shown)


@lru_cache(maxsize=16)
def _known(official: Official) -> tuple[Brand, ...]:
    return (official.brand, *(brand for brand in brands() if brand.name.casefold() != official.name.casefold()))


def _is_below(host: Host, hosts: frozenset[str]) -> bool:
    labels = host.ascii.split(".")
    return any(".".join(labels[at:]) in hosts for at in range(len(labels)))


def _pretended(host: Host, known: tuple[Brand, ...], official: Official) -> str | None:
    """Name the brand whose host stands before an @."""
    if "userinfo" not in host.tricks or not host.userinfo:
        return None
    try:
        pretended = read_host(host.userinfo.partition(":")[0])
    except NoHost:
        return None
    if official.holds(pretended):
        return official.name
    return next((brand.name for brand in known if _is_below(pretended, brand.domains)), None)


def _marks(host: Host) -> tuple[str, ...]:
    marks = list(host.tricks)
    if host.is_number:
        marks.append("number")
    if host.shown != host.ascii and not host.shown.isascii():
        marks.append("punycode")
        if any(mixes_scripts(label) for label in host.shown.split(".")):
            marks.append("mixed_scripts")
    words = lures()
    if _is_below(host, words.shorteners):
        marks.append("shortener")
    if host.platform or _is_below(host, words.platforms):
        marks.append("platform")
    return tuple(dict.fromkeys(marks))
