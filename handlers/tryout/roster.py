"""A made-up roster for the try-out: 600 rows as a Japanese Excel saves them, 20 of which cannot be taken.

Names are drawn from two short lists, and every address ends in a domain that is nobody's (RFC 2606).
"""

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

ROWS, BAD = 600, 20
ENCODING = "cp932"
HEADER = ("氏名", "フリガナ", "メールアドレス", "社員番号", "退職日", "最終所属", "タグ", "言語")
NEWSLETTER, BERLIN = "社内報", "Berlin"  # tags of a few people each, for small waves
FEW = 8

FAMILIES = """
安藤 アンドウ ando, 今井 イマイ imai, 上野 ウエノ ueno, 大野 オオノ ono,
片山 カタヤマ katayama, 川口 カワグチ kawaguchi, 北村 キタムラ kitamura, 工藤 クドウ kudo,
小島 コジマ kojima, 桜井 サクライ sakurai, 島田 シマダ shimada, 菅原 スガワラ sugawara,
高田 タカダ takada, 千葉 チバ chiba, 土屋 ツチヤ tsuchiya, 永井 ナガイ nagai,
野口 ノグチ noguchi, 浜田 ハマダ hamada, 平野 ヒラノ hirano, 古川 フルカワ furukawa,
星野 ホシノ hoshino, 増田 マスダ masuda, 水野 ミズノ mizuno, 宮崎 ミヤザキ miyazaki,
望月 モチヅキ mochizuki, 安田 ヤスダ yasuda, 横山 ヨコヤマ yokoyama, 和田 ワダ wada
"""
GIVENS = """
明 アキラ akira, 綾子 アヤコ ayako, 栄一 エイイチ eiichi, 和代 カズヨ kazuyo,
圭子 ケイコ keiko, 浩平 コウヘイ kohei, 早苗 サナエ sanae, 慎吾 シンゴ shingo,
澄江 スミエ sumie, 誠司 セイジ seiji, 孝 タカシ takashi, 千佳 チカ chika,
哲也 テツヤ tetsuya, 智子 トモコ tomoko, 直樹 ナオキ naoki, 望 ノゾミ nozomi,
春香 ハルカ haruka, 英樹 ヒデキ hideki, 文香 フミカ fumika, 雅人 マサト masato,
真由 マユ mayu, 光 ヒカル hikaru, 恵 メグミ megumi, 康弘 ヤスヒロ yasuhiro,
裕子 ユウコ yuko, 良太 リョウタ ryota
"""
ABROAD = (
    "Amara Njoroge,Bruno Keller,Clara Lindqvist,Daniel Moreau,Elena Petrova,Farid Haddad,Grace Okafor,Hana Novakova"
)
DEPARTMENTS = ("営業部", "開発部", "生産技術部", "品質保証部", "物流部", "人事部", "経理部", "海外事業部")
TAGS = ("", "", "", "", "野球部", "茶道部", "技術", "育児")
FIRST, LAST = 1998, 2024  # years somebody left
REIWA = 2020  # the first whole year of it


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in one."""

    name: str
    reading: str
    mail: str
    number: str
    left: str
    department: str
    tag: str
    language: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.name, self.reading, self.mail, self.number, self.left, self.department, self.tag, self.language)


Spoil = Callable[[Row, Row], Row]
"""A row that cannot be taken, made of a good one; the other is the row above it."""
SPOILS: tuple[Spoil, ...] = (
    *[lambda row, _: replace(row, name="", reading="")] * 3,
    *[lambda row, _: replace(row, mail=row.mail.replace("@", "＠＠"))] * 2,
    *[lambda row, _: replace(row, mail="なし")] * 2,
    *[lambda row, _: replace(row, left="2019/2/30")] * 2,
    *[lambda row, _: replace(row, left="春ごろ")] * 2,
    *[lambda row, above: replace(row, mail=above.mail)] * 3,
    *[lambda row, above: replace(row, number=above.number)] * 2,
    lambda _, above: replace(above, mail="", number=""),
    lambda row, _: replace(row, department=row.department * 40),
    lambda row, _: replace(row, department='=HYPERLINK("http://files.example/")'),
    lambda row, _: replace(row, language="フランス語"),
)


def sample(number: int = 1) -> bytes:
    """The file; all of it follows from the number."""
    chance = random.Random(number)  # noqa: S311 - who is made up is no secret
    rows = _people(chance)
    places = sorted(chance.sample(range(1, ROWS, 2), BAD))  # never two in a row: some are spoiled by the one above
    for place, spoil in zip(places, chance.sample(SPOILS, BAD), strict=True):
        rows[place] = spoil(rows[place], rows[place - 1])
    written = io.StringIO(newline="")
    csv.writer(written).writerows([HEADER, *(row.cells for row in rows)])
    return written.getvalue().encode(ENCODING)


def _people(chance: random.Random) -> list[Row]:
    """Everybody, each good; those with the two rare tags stand in even places, which are never spoiled."""
    families, givens = _parts(FAMILIES), _parts(GIVENS)
    pairs = chance.sample([(family, given) for family in families for given in givens], ROWS - FEW)
    home = [_at_home(place, *pair, chance) for place, pair in enumerate(pairs)]
    abroad = [_abroad(place, name, chance) for place, name in enumerate(ABROAD.split(","))]
    rare = [*abroad, *(replace(row, tag=NEWSLETTER) for row in home[:FEW])]
    rows = home[FEW:]
    for place, row in zip(sorted(chance.sample(range(0, ROWS, 2), len(rare))), rare, strict=True):
        rows.insert(place, row)
    return rows


def _parts(written: str) -> list[Sequence[str]]:
    return [part.split() for part in written.split(",")]


def _at_home(place: int, family: Sequence[str], given: Sequence[str], chance: random.Random) -> Row:
    return Row(
        f"{family[0]} {given[0]}",
        f"{family[1]} {given[1]}",
        f"{given[2]}.{family[2]}@example.com",
        f"M{1001 + place}",
        _left(chance),
        chance.choice(DEPARTMENTS),
        chance.choice(TAGS),
    )


def _abroad(place: int, name: str, chance: random.Random) -> Row:
    mail = f"{name.lower().replace(' ', '.')}@example.org"
    return Row(name, "", mail, f"E{101 + place}", _left(chance), "海外事業部", BERLIN, "en")


def _left(chance: random.Random) -> str:
    """A day, in one of the ways people write it."""
    year, month, day = chance.randint(FIRST, LAST), chance.choice((3, 6, 9, 12)), chance.randint(1, 28)
    era = f"令和{year - 2018}年{month}月{day}日" if year >= REIWA else f"H{year - 1988}.{month}.{day}"
    return chance.choice((f"{year}/{month}/{day}", f"{year}年{month}月{day}日", era))
