"""The words and shapes in which people write days and times, in Japanese and English: patterns only.

Every pattern is looked for in text that went through `plainly`: NFKC, small letters, single spaces, numbers in figures.
"""

import re
import unicodedata

WEEKDAYS = "月火水木金土日"
ENGLISH_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ERAS = {"令和": 2018, "令": 2018, "r": 2018, "平成": 1988, "昭和": 1925}  # the year before its first one
DAYS_ON = {
    "今日": 0, "本日": 0, "きょう": 0, "today": 0,
    "明日": 1, "あした": 1, "あす": 1, "tomorrow": 1,
    "明後日": 2, "あさって": 2, "day after tomorrow": 2,
    "明々後日": 3, "明明後日": 3, "しあさって": 3,
    "昨日": -1, "きのう": -1, "yesterday": -1, "一昨日": -2, "おととい": -2,
}  # fmt: skip
OTHER_WORDS = {
    "今夜": "今日 夜", "今晩": "今日 夜", "今朝": "今日 朝", "明晩": "明日 夜", "明朝": "明日 朝",
    "tonight": "today night",
    "大晦日": "12月31日", "元日": "1月1日", "元旦": "1月1日", "from today": "from now", "@": " at ",
    "half an hour": "30 minutes",
}  # fmt: skip
ORDINALS = {
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "5th": 5,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "last": -1,
}
ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS_ON = {
    "今": 0,
    "本": 0,
    "当": 0,
    "来": 1,
    "翌": 1,
    "再来": 2,
    "さ来": 2,
    "this ": 0,
    "the ": 0,
    "next ": 1,
    "": 0,
}
WEEKS_ON = {"今": 0, "本": 0, "来": 1, "翌": 1, "再来": 2, "さ来": 2, "さらい": 2, "this ": 0, "next ": 1}
YEARS_ON = {"今": 0, "本": 0, "来": 1, "明": 1, "再来": 2}
PARTS_OF_DAY = {  # the first and the last hour that each may name
    "午前": (0, 11), "am": (0, 11), "朝": (4, 11), "morning": (4, 11),
    "午後": (12, 23), "pm": (12, 23), "昼": (11, 17), "afternoon": (12, 17),
    "夕": (15, 19), "夜": (17, 23), "evening": (17, 23), "night": (17, 23),
}  # fmt: skip
ONE_OF_THEM = {"晩": "夜", "夕方": "夕", "お昼": "昼", "a.m.": "am", "p.m.": "pm"}

_FIGURES = {figure: number for number, figure in enumerate("〇一二三四五六七八九")}
_NUMBER = re.compile(
    "(?:[二三四五]?十[一二三四五六七八九]?|(?<!十)[〇一二三四五六七八九]+)(?=年|月|日|時|分|週|[かカヵヶケ箇個]月)|(?<=第)[一二三四五]"
)
_DASHES = re.compile("[‐‑‒–—―−]")
_OTHER_WORDS = re.compile("|".join(OTHER_WORDS))
_UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff]")
_PART = "午前|午後|夕方|朝|お?昼|夕|夜|晩"
_UNIT = r"(?:年|[かカヵヶケ箇個]月|週間?|日)"

_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_OF_A_MONTH = rf"(?:of|in) (?:(?P<which>this |the |next )month|(?P<month>{_MONTH})\b\.?)"
_WEEKDAY = r"(?P<english>mon|tue|wed|thu|fri|sat|sun)(?:s|r|rs|nes|ur)?(?:day)?\b\.?"

TIME = re.compile(
    rf"(?:(?P<part>{_PART})|\b(?P<before>[ap]\.?m\.?))?の?\s?(?<!\d)(?P<hour>\d{{1,2}})"
    r"(?:時(?!間)(?:\s?(?P<minute>\d{1,2})分|(?P<half>半))?|:(?P<colon>\d{2})(?::00)?(?!\d))"
    r"\s?(?P<after>[ap]\.?m\b\.?)?"
)
ENGLISH_TIME = re.compile(r"(?<![\d:/.-])(?P<hour>\d{1,2})\s?(?P<after>[ap]\.?m\b\.?)")
BARE_HOUR = re.compile(r"\bat (?P<hour>\d{1,2})(?: o'clock)?(?![\d:/.-])")
NOON = re.compile(r"正午|(?:\bat )?\bnoon\b")
MIDNIGHT = re.compile(r"深夜|未明|真夜中|\bmidnight\b")
PART_OF_DAY = re.compile(rf"{_PART}|\b(?:in the |at )?(?P<english>morning|afternoon|evening|night)\b")

ISO = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
COMPACT = re.compile(r"(?<!\d)(20\d{2})()(\d{2})(\d{2})(?!\d)")
ERA = re.compile(r"(令和|平成|昭和|令|\br)\s?\.?\s?(\d{1,2}|元)\s?[年./-]\s?(\d{1,2})\s?[月./-]\s?(\d{1,2})日?(?!\d)")
MONTH_AND_DAY = re.compile(r"(?:(\d{4})\s?年|(今|本|来|明|再来)年)?の?\s?(?<!\d)(\d{1,2})\s?月\s?(\d{1,2})\s?日")
MONTHS_END = re.compile(
    r"(?:(\d{4})年|(今|本|来|明|再来)年)?の?(?<!\d)(\d{1,2})月(?:の?末日?|の最終日)|(今|本|当|来|翌|再来|さ来|)月(?:の?末日?|の最終日)"
)
DAY_OF_A_MONTH = re.compile(
    r"(?:(今|本|当|来|翌|再来|さ来|)月の?)?\s?(?<![\d/.-])(\d{1,2})日(?!後|間|前|以)"
    r"|\bthe (\d{1,2})(?:st|nd|rd|th)\b(?! of)"
)
WHICH_OF_A_MONTH = re.compile(
    rf"(?:(?<!\d)(\d{{1,2}})|(今|本|当|来|翌|再来|さ来|))月の?(?:第([1-5])|(最終|最後の))([{WEEKDAYS}])曜日?"
)
IN_DAYS = re.compile(rf"(\d{{1,3}})({_UNIT})後|(半)年後")
IN_HOURS = re.compile(
    r"(?<!\d)(?=\d)(?:(\d{1,3})時間(半)?)?(?:(\d{1,3})分)?後|\bin (\d{1,3}|an) hours?\b|\bin (\d{1,3}) min(?:ute)?s?\b"
    r"|\b(\d{1,3}) hours? from now\b|\b(\d{1,3}) min(?:ute)?s? from now\b"
)
MONTH_SLASH_DAY = re.compile(r"(?<![\d/.:-])(\d{1,2})([/.])(\d{1,2})(?:\2(\d{4}))?(?![\d/.:])")
WORD_FOR_A_DAY = re.compile(
    "明々後日|明明後日|明後日|一昨日|本日|今日|明日|昨日|しあさって|あさって|おととい|きょう|あした|あす|きのう"
    r"|(?:\bthe )?\b(?P<english>day after tomorrow|today|tomorrow|yesterday)\b"
)
_KANJI = rf"(?P<kanji>[{WEEKDAYS}])(?:曜日?|(?=[\s,の(]|$|\d{{1,2}}[時:]|午|朝|昼|夕|夜))"
WHICH_IN_ENGLISH = re.compile(rf"(?:\bthe )?\b(?P<number>{'|'.join(ORDINALS)}) {_WEEKDAY} {_OF_A_MONTH}")
END_IN_ENGLISH = re.compile(rf"(?:\bthe )?\bend {_OF_A_MONTH}")
DAY_OF_A_WEEK = re.compile(
    rf"(?P<week>今|本|来|翌|再来|さ来|さらい)週の?\s?{_KANJI}"
    rf"|\b(?P<before>this |next )week,? (?:on )?{_WEEKDAY.replace('english', 'after_it')}"
    rf"|{_WEEKDAY.replace('english', 'before_it')},? (?P<then>this |next )week\b"
)
NEXT_WEEKDAY = re.compile(
    rf"(?:次|今度|こんど)の\s?{_KANJI}|\b(?:next|coming) {_WEEKDAY}",
)
THIS_WEEKDAY = re.compile(rf"\bthis {_WEEKDAY}")
WEEKDAY = re.compile(
    rf"\(\s?(?P<inside>[{WEEKDAYS}])(?:曜日?)?\s?[・,]?\s?祝?(?:日)?\s?\)|(?<![\d今来本翌])(?P<kanji>[{WEEKDAYS}])曜日?"
    rf"|(?:^|(?<=[\s,日]))(?P<alone>[{WEEKDAYS}])(?=[\s,]|$)|(?:\bon )?\b{_WEEKDAY}"
)
A_WHOLE_WEEK = re.compile(
    r"(?:今|来|再来|さ来)週末?|週末|(?:今|来|再来|さ来)月|来年|再来年|年末|連休"
    r"|\b(?:this |next )(?:week(?:end)?|month|year)\b|\bweekend\b"
)
FILLING = re.compile(r"[\s,、。・の]|に$|まで$|から$|より$|\b(?:on|at|the|of|from|by|until)\b|[~〜-]$")
ENGLISH_MONTH = re.compile(rf"\b(?:{_MONTH})\b\.?")
FILLING_IN_ENGLISH = re.compile(r"^\s*(?:on|by|at|until) |,| (?:on|at)\s*$")

ENGLISH_AHEAD = re.compile(
    r"in (?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3}) (?:day|week|month|year)s?"
    r"|(?:a|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3}) (?:day|week|month|year)s? (?:from now|from today)"
)
ENGLISH_DAY = re.compile(
    r"(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? M,?(?: \d{4})?|M (?:the )?\d{1,2}(?:st|nd|rd|th)?,?(?: \d{4})?"
)


def plainly(written: str) -> str:
    """The text as the patterns want it."""
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", _UNSEEN.sub("", written))).casefold()
    text = re.sub(r"(?<=\d)t(?=\d)", " ", re.sub(r"\s+", " ", text)).strip().replace("〜", "~")
    text = _OTHER_WORDS.sub(lambda found: OTHER_WORDS[found[0]], text)
    return _NUMBER.sub(lambda found: str(_in_figures(found[0])), text)


def _in_figures(kanji: str) -> int:
    """十二 is 12, 二十 is 20, 二〇二六 is 2026."""
    if "十" not in kanji:
        return int("".join(str(_FIGURES[one]) for one in kanji))
    tens, _, ones = kanji.partition("十")
    return 10 * (_in_figures(tens) if tens else 1) + (_in_figures(ones) if ones else 0)
