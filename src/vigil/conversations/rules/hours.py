"""How a time of day is written in the languages of the team: with twenty-four hours, or with twelve and a word for the half of the day."""

import re
from typing import Literal

Half = Literal["am", "pm", "noon", "evening", "night"]

# An evening ends at twelve, a night begins late and ends early.
_HALVES: dict[Half, str] = {
    "am": "上午|早上|清晨|凌晨|午前|早朝|오전|아침|새벽|sáng|pagi|утра|mañana|manhã|madrugada|a",
    "pm": "下午|午後|오후|chiều|sore|дня|tarde|p",
    "noon": "中午|正午|낮|trưa|siang",
    "evening": "傍晚|저녁|tối|malam|вечера|noche|noite",
    "night": "晚上|夜|밤|đêm|ночи",
}
_HALF_OF = {word: half for half, words in _HALVES.items() for word in words.split("|")}
_LATEST: dict[Half, int] = {"am": 12, "pm": 23, "noon": 13, "evening": 23, "night": 23}

UTC_NAMES = "(?:UTC|GMT)"
_NAMED = rf"(?=\s?{UTC_NAMES}\b|\s?[(（]{UTC_NAMES}[)）])"
_EASTERN_HALF = "上午|早上|清晨|凌晨|午前|早朝|下午|午後|中午|正午|傍晚|晚上|夜|오전|아침|새벽|오후|낮|저녁|밤"
# A group's figure only tells it from those of the other ways: h is the hour, m the minute, t the half hour, half that of the day.
# An hour alone is a time only beside a half of the day or the name of a zone: "3 дня" are three days, "15h" fifteen hours.
_WAYS = (
    r"(?P<h1>\d\d?)(?::(?P<m1>\d\d))?\s?(?!Am|Pm)(?P<half1>[apAP])(?:[mM]\b(?!\sI\b)|\.\s?[mM]\.|\.[mM]\b)",
    rf"(?P<half2>{_EASTERN_HALF})\s?(?P<h2>\d\d?)(?:[:：](?P<m2>\d\d)|\s?[点點時时시](?![间間간])(?:\s?(?P<m22>\d\d?)\s?[分분]|\s?(?P<t2>[半반]))?)",
    r"(?P<h3>\d\d?)(?::(?P<m3>\d\d)|\s?(?:h|giờ)\s?(?:(?P<m33>\d\d)(?:\s?phút)?|(?P<t3>rưỡi))?)\s(?P<half3>sáng|trưa|chiều|tối|đêm)",
    r"(?:pukul|jam)\s(?P<h4>\d\d?)(?:[.:](?P<m4>\d\d))?\s(?P<half4>pagi|siang|sore|malam)",
    r"(?P<h5>\d\d?)(?::(?P<m5>\d\d))?\s(?P<half5>утра|вечера)",
    r"(?P<h6>\d\d?)(?::(?P<m6>\d\d)|\sчас(?:а|ов)?)\s(?P<half6>утра|дня|вечера|ночи)",
    r"(?P<h7>\d\d?)(?::(?P<m7>\d\d))?\s(?:de\sla|da)\s(?P<half7>mañana|manhã|tarde|noche|noite|madrugada)",
    rf"(?P<h8>\d\d?)\s?(?:[点點時时시](?![间間간])(?:\s?(?P<m8>\d\d?)\s?[分분]|(?P<t8>[半반]))?|giờ(?:\s?(?P<m88>\d\d))?|h(?P<m888>\d\d)?){_NAMED}",
    rf"(?P<h9>\d\d?)\.(?P<m9>\d\d){_NAMED}",
    r"(?P<h10>\d\d?):(?P<m10>\d\d)",
)
WRITTEN = "|".join(_WAYS)
_FIGURES = "0123456789"


def read_clock(found: re.Match[str]) -> tuple[int, int] | None:
    """Read the hour, of twenty-four, and the minute that a way of writing has found; None for what no clock shows."""
    said = {name.rstrip(_FIGURES): words for name, words in found.groupdict().items() if words}
    hour, minute = int(said["h"]), 30 if "t" in said else int(said.get("m", 0))
    half = _HALF_OF.get(said["half"].lower()) if "half" in said else None
    hours = hour if half is None else _of_twenty_four(hour, half)
    return (hours, minute) if hours is not None and hours < 24 and minute < 60 else None


def _of_twenty_four(hour: int, half: Half) -> int | None:
    if hour > _LATEST[half]:
        return None
    if hour > 12:
        return hour
    is_early = half == "am" or (half == "noon" and hour > 9) or (half == "night" and hour < 5)
    if is_early:
        return hour if half == "noon" else hour % 12
    ends_the_day = hour == 12 and half in ("evening", "night")
    return 0 if ends_the_day else hour % 12 + 12
