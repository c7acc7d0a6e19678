"""Names, addresses and numbers as they are compared; what is stored and shown is always what was typed."""

import re
import unicodedata
from functools import lru_cache

import jaconv

# Forms of one character that people and systems write for each other in names.
_VARIANTS = str.maketrans(
    dict(
        zip(
            "髙﨑濵濱邊邉邊齋齊斎澤櫻廣國嶋嶌冨眞惠與龍瀧壽渕淵栁德曻𠮷檜舘槇",
            "高崎浜浜辺辺辺斉斉斉沢桜広国島島富真恵与竜滝寿淵淵柳徳昇吉桧館槙",
            strict=True,
        )
    )
)
REMEMBERED = 4096  # whoever is compared is compared several times in a row
_BETWEEN = re.compile(r"[\s・･.,'’`´-]+")  # what separates the parts of a name


@lru_cache(REMEMBERED)
def name_key(name: str) -> str:
    """A name without width, case, blanks and variant characters: 「髙橋　太郎」 and 「高橋太郎」 are one."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", name).translate(_VARIANTS).casefold())


@lru_cache(REMEMBERED)
def reading_key(reading: str) -> str:
    """A reading: hiragana and katakana of any width are one."""
    return name_key(jaconv.hira2kata(unicodedata.normalize("NFKC", reading)))


@lru_cache(REMEMBERED)
def mail_key(mail: str) -> str:
    """An address: width and case make no difference."""
    return unicodedata.normalize("NFKC", mail).strip().casefold()


@lru_cache(REMEMBERED)
def number_key(number: str) -> str:
    """A number somebody goes by: width, case, blanks and leading zeros (which Excel drops) make no difference."""
    plain = re.sub(r"[\s-]+", "", unicodedata.normalize("NFKC", number)).casefold()
    return plain.lstrip("0") or plain[:1]
