"""Days and times of day as people write them; relative ones ("yesterday") are left to whoever knows what day it is."""

import re
from collections.abc import Iterator

from vigil.identifiers.facts import Fact
from vigil.identifiers.folding import fold, folded
from vigil.identifiers.plain import Plain

_MONTH_NAMES = folded(
    "january|february|march|april|may|june|july|august|september|october|november|december",
    "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec",
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|янв|фев|апр|авг|сент|сен|окт|ноя|дек",
    "ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık",
    "janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro",
    "enero|febrero|marzo|mayo|junio|julio|septiembre|setiembre|octubre|noviembre|diciembre",
    "januari|februari|maret|mei|juni|juli|agustus|oktober|desember",
)
_MONTHS = "|".join(sorted(_MONTH_NAMES, key=len, reverse=True))
_LETTER = r"[a-z\u0400-\u052f]"
_DAY, _MONTH, _YEAR = r"(?:0[1-9]|[12]\d|3[01]|[1-9])", r"(?:0[1-9]|1[0-2]|[1-9])", r"(?:(?:19|20)\d\d)"
_FIGURES = (
    rf"{_YEAR}[-/.]{_MONTH}[-/.]{_DAY}|{_DAY}[-/.]{_MONTH}[-/.]{_YEAR}|{_MONTH}[-/.]{_DAY}[-/.]{_YEAR}"
    r"|20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?=[ t]\d\d:)"
)
_WORDS = (
    rf"{_DAY}(?:st|nd|rd|th|º|-го|\.)?[\s-](?:de\s|of\s)?(?:{_MONTHS})(?:\.?[\s,-]{{1,2}}(?:de\s|del\s)?{_YEAR})?(?!{_LETTER})"
    rf"|(?:{_MONTHS})\.?\s{_DAY}(?:st|nd|rd|th)?(?:,?\s{_YEAR})?(?!\d|[.,]\d|{_LETTER})"
)
_EASTERN = "|".join(
    rf"(?:{_YEAR}\s?{year}\s?)?{_MONTH}\s?{month}\s?{_DAY}\s?{day}"
    for year, month, day in ((fold("년"), fold("월"), fold("일")), ("年", "月", "[日号號]"))
)
_VIETNAMESE = rf"(?:ngay\s)?{_DAY}\sthang\s{_MONTH}(?:[\s,]{{1,2}}(?:nam\s)?{_YEAR})?"
_DATE = rf"(?:{_FIGURES}|{_EASTERN}|{_VIETNAMESE}|{_WORDS})"
_SHORT_DATE = rf"(?:{_DAY}[-/.]{_MONTH}|{_MONTH}[-/.]{_DAY})(?:[-/.]\d\d)?"
_HOUR = r"(?:[01]?\d|2[0-3])"
_CLOCK = rf"{_HOUR}:[0-5]\d(?::[0-5]\d(?:[.,]\d{{1,6}})?)?"
_DAYPART = rf"(?:{'|'.join(folded('上午|下午|晚上|早上|凌晨|中午|午前|午後|오전|오후|새벽|저녁|밤'))})\s?"
_EASTERN_CLOCK = (
    rf"(?:{_DAYPART})?{_HOUR}(?::[0-5]\d(?::[0-5]\d)?|\s?[点點时時](?:\s?[0-5]?\d\s?分?(?:\s?[0-5]?\d\s?秒)?|半)?"
    rf"|\s?{fold('시')}(?:\s?[0-5]?\d\s?{fold('분')})?)"
)
_HALF = rf"\s?(?:[ap]\.?m(?:\.|(?!{_LETTER}))|(?:oo|os|sang|chieu|toi)(?!{_LETTER}))"
_ZONES = "|".join(
    folded(
        "utc|gmt|msk|мск|по мск|по москве|cst|est|edt|pst|pdt|cet|cest|eet|jst|kst|ict|wib|wita|wit|hkt|sgt|brt|trt|ist",
        "horário de brasília|北京时间|北京時間|한국 시간|日本時間",
    )
)
_OFFSET = r"\s?[+-]\s?\d{1,2}(?::?[034][05])?"
_ZONE = (
    rf"(?:\s?\((?:{_ZONES})(?:{_OFFSET})?\)|\s?(?:(?:{_ZONES})(?:{_OFFSET})?(?!{_LETTER})|z(?!{_LETTER})|[+-](?:0\d|1[0-4]):?[034][05]))"
)
_TIME = rf"(?:{_CLOCK}|{_EASTERN_CLOCK})(?:{_HALF})?{_ZONE}?"
_BETWEEN = r"(?:t|,?\s{1,2}(?:(?:at|um|в|as|a las|luc|saat|pukul|jam|около)\s)?(?:~\s?)?|\s?[のに에]?\s?)"
_MOMENT = re.compile(
    rf"(?<![0-9a-z\u0400-\u052f:/$#-])(?<!\d[.,])(?:"
    rf"{_TIME},?\s(?:on\s|del?\s|ngay\s|tanggal\s)?{_DATE}|{_DATE}(?:{_BETWEEN}{_TIME})?|{_SHORT_DATE},?{_BETWEEN}{_TIME}"
    rf"|{_CLOCK}(?:{_HALF}{_ZONE}?|{_ZONE})"
    rf")(?![0-9a-z]|[./:-]\d)"
)


def find_moments(plain: Plain) -> Iterator[Fact]:
    """Find moments with a day, or with a time of day and its zone; the value is what was written, in single spaces."""
    for moment in _MOMENT.finditer(plain.lower):
        written = " ".join(plain.written(moment.start(), moment.end()).split())
        yield Fact("moment", written, moment.start(), moment.end())
