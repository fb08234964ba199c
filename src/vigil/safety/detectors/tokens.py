"""Keys that say by themselves whose they are: a provider's beginning, its letters and its length.

Placeholders of manuals have the same shape, and are told apart by how few letters they are made of.
"""

import re
from collections.abc import Iterator

from vigil.safety.findings import Span
from vigil.safety.normalise import Normalised

NAME, VERSION = "token", 1

_W = r"[0-9A-Za-z_-]"
# What stands before the first distinct letters of each, what follows, and nothing else: no word begins so.
_SHAPES = (
    r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}",
    r"ABSK[0-9A-Za-z+/]{100,400}={0,2}",
    r"gh[pousr]_[0-9A-Za-z]{36,255}|github_pat_\w{60,100}",
    rf"gl(?:pat|ptt|dt|rt|rtr|cbt|ft|soat|agent|imt|oas|ffct)-{_W}{{20,300}}|GR1348941{_W}{{20}}",
    rf"xox[abeoprs](?:\.xox[abeoprs])?-(?:{_W}*\d){_W}{{9,400}}|xapp-\d-{_W}{{20,200}}",
    r"hooks\.slack\.com/(?:services|workflows|triggers)/[0-9A-Za-z+/]{20,120}",
    r"(?:sk|rk)_(?:live|test|prod)_[0-9A-Za-z]{10,120}|whsec_[0-9A-Za-z+/]{20,80}={0,2}",
    rf"\d{{8,10}}:AA{_W}{{32,33}}",
    rf"AIzaSy{_W}{{33}}|ya29\.{_W}{{20,400}}|GOCSPX-{_W}{{28}}",
    r"eyJ[0-9A-Za-z_/+-]{8,4000}={0,2}\.(?:eyJ|[0-9A-Za-z_/+-]{8})[0-9A-Za-z_/+-]{0,6000}={0,2}\.[0-9A-Za-z_/+-]{0,2000}={0,2}",
    rf"sk-ant-[a-z]+\d\d-{_W}{{90,100}}AA|sk-(?!ant-)(?:proj-|svcacct-|admin-|or-)?{_W}{{20,250}}|(?:gsk_|xai-|pplx-|nvapi-|r8_){_W}{{30,120}}",
    r"hf_[A-Za-z]{34}|api_org_[A-Za-z]{34}",
    r"[0-9A-Za-z_.~-]{3}\dQ~[0-9A-Za-z_.~-]{31,34}",
    rf"[MNO][0-9A-Za-z_-]{{23,27}}\.{_W}{{6}}\.{_W}{{27,38}}",
    rf"npm_[0-9A-Za-z]{{36}}|pypi-AgE{_W}{{50,300}}|rubygems_[0-9a-f]{{48}}|dckr_pat_{_W}{{27}}",
    r"do[opr]_v1_[0-9a-f]{64}|dapi[0-9a-f]{32}(?:-\d)?|sq[apu]_[0-9A-Za-z]{40}|sgp_(?:(?:local|[0-9A-Fa-f]{16})_)?[0-9A-Fa-f]{40}",
    rf"SG\.{_W}{{20,24}}\.{_W}{{39,50}}|key-[0-9a-z]{{32}}|[0-9a-f]{{32}}-us\d{{1,2}}|xkeysib-[0-9a-f]{{64}}-[0-9A-Za-z]{{16}}",
    rf"shp(?:at|ss|ca|pa)_[0-9A-Fa-f]{{32}}|sq0(?:atp|csp|idp)-{_W}{{20,50}}|EAAA[0-9A-Za-z_+=-]{{55,70}}",
    r"EAA[MC][0-9A-Za-z]{80,400}|\d{15,16}\|[0-9A-Za-z_-]{27,40}|PMAK-[0-9a-f]{24}-[0-9a-f]{34}|NRAK-[0-9A-Z]{27}",
    rf"ntn_[0-9A-Za-z]{{40,60}}|lin_api_[0-9A-Za-z]{{40}}|figd_{_W}{{40}}|sntr[yu]s_{_W}{{60,200}}|ATATT3{_W}{{180,200}}",
    r"gl(?:c_[0-9A-Za-z+/]{32,400}={0,2}|sa_[0-9A-Za-z]{32}_[0-9A-Fa-f]{8})|(?<!/)API-[0-9A-Z]{25,32}|sha256~[0-9A-Za-z_-]{43}",
    rf"hv[sb]\.{_W}{{24,300}}|ops_eyJ[0-9A-Za-z+/]{{250,}}={{0,3}}|dp\.(?:pt|st|ct)\.[0-9A-Za-z.]{{40,50}}|pscale_(?:tkn|pw)_{_W}{{32,64}}",
    r"A3-[0-9A-Z]{6}-(?:[0-9A-Z]{11}|[0-9A-Z]{6}-[0-9A-Z]{5})(?:-[0-9A-Z]{5}){3}|s-s4t2(?:ud|af)-[0-9a-f]{64}|tskey-[a-z]+-\w{10,30}-\w{20,40}",
    r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}|AKCp[0-9A-Za-z]{69}|fo1_[\w-]{43}|fm[12]r?_[0-9A-Za-z+/]{100,}={0,3}",
)
_TOKEN = re.compile(r"(?<![0-9A-Za-z_])(?:" + "|".join(_SHAPES) + r")(?![0-9A-Za-z_])")
# None is shorter, and no ordinary word is so long without a space.
_LONG = re.compile(r"[!-~]{20}")
_DIGIT = re.compile(r"\d")
_FEWEST = 10
_MADE_UP = re.compile(r"(.)\1{7}|EXAMPLE|xxxxx|XXXXX|abcdefghij|0123456789(?!0)")


def find(seen: Normalised) -> Iterator[Span]:
    """Find the keys of well-known services."""
    if _LONG.search(seen.plain):
        yield from (Span(found.start(), found.end(), "api_secret") for found in _TOKEN.finditer(seen.plain) if looks_made(found[0]))


def looks_made(value: str) -> bool:
    """Say whether chance made a value: enough different letters, and nothing that people write in its place."""
    return len(set(value)) >= _FEWEST and not _MADE_UP.search(value)
