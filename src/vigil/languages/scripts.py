"""Which of Chinese's two scripts a character belongs to, and whether Japanese writes it too.

The national character sets answer it for almost every character: what GB 2312 has and Big5 has not is simplified, and the
other way round; Shift JIS says whether Japanese has it. Short lists mend what the sets get wrong in practice.
"""

from functools import lru_cache
from typing import Literal

Script = Literal["hans", "hant", "either"]

# In Big5 as rare characters of their own, yet as simplified forms every Chinese page is full of them.
_SIMPLIFIED_AND_RARE = frozenset("么价优伙划听坏复异怀怜惊愿扰挂据极构柜气洁涂确离种筑网范荐适")
# Forms that Japan reformed away in 1946: Shift JIS keeps them, modern Japanese does not write them, Taiwan does.
_NOT_IN_MODERN_JAPANESE = frozenset(
    "亂來們區參單價國圍圓圖團壓壞壽學實寶將對屬帶廢廣徑從恆惡惱慘應懶懷戀戰戲擇據擴擾擔攝敘數斷曉會條樂樓樞樣權歐歡歸殘氣沒"
    "淨滯滿澤濟濕灑灣營燈爐爭獎獨獲獻當瘋發盜盡碼礦禪禮祕稱穩竊經續繼繪聲聽膽臟臺與舊莊萬處號蟲裝覺覽觀觸證譽讀變讓讚"
    "賣賺踐蹤輕轉辦辭辯遞邊鄰醫釋銷錢鐵關隨險隱雖雙雜靈靜顯餘驅驗體髮鬆鬥鬧麥麼點黨齊齒齡龜鹽這檢歷曆佛假傳拂拜晝殼澀燒犧疊"
    "總縣縱櫻剩勞勵勸卷嚴囑圈壤奧孃峽巢廳彈榮樣溪牽犢畫眞瞬碎祿穗粹絲脫萊蠻蠶謠豫貳踴迴釀錄鎭鑄雞霸響驛騷髓"
) - frozenset("佛假拂拜卷圈壤巢溪牽犢瞬碎穗豫踴霸響髓剩")
# Written all day in both scripts of Chinese, hardly ever in Japanese.
_CHINESE_ONLY = frozenset("你您她它咱啥吧呢啊哪怎很什找也已哦嗯跟跑懂沒没")


def is_han(letter: str) -> bool:
    """Say whether `letter` is a Chinese character."""
    return "\u4e00" <= letter <= "\u9fff" or "\u3400" <= letter <= "\u4dbf"


@lru_cache(maxsize=8192)
def script_of(letter: str) -> Script:
    """Tell whether a character is written in simplified Chinese alone, in traditional alone, or in either."""
    if not is_han(letter):
        return "either"
    simplified, traditional = _has("gb2312", letter), _has("big5", letter)
    if letter in _SIMPLIFIED_AND_RARE:
        traditional = False
    if simplified == traditional:
        return "either"
    return "hans" if simplified else "hant"


@lru_cache(maxsize=8192)
def may_be_japanese(letter: str) -> bool:
    """Say whether modern Japanese writes this character."""
    return _has("shift_jis", letter) and letter not in _NOT_IN_MODERN_JAPANESE and letter not in _CHINESE_ONLY


def chinese_script(text: str) -> str | None:
    """Tell `zh-Hans` or `zh-Hant` by the characters in which they differ; None if none do, or if it may be Japanese."""
    han = [letter for letter in text if is_han(letter)]
    if all(may_be_japanese(letter) for letter in han):
        return None
    scripts = [script_of(letter) for letter in han]
    hans, hant = scripts.count("hans"), scripts.count("hant")
    if hans == hant:
        return None
    return "zh-Hans" if hans > hant else "zh-Hant"


def _has(codec: str, letter: str) -> bool:
    try:
        letter.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
