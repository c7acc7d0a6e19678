"""Themes of an event, who chose which, and the groups that were made of them.

Whoever organises sets themes and a size; those who come choose one theme or two; groups are made of that by
`handlers/events/before/rules.py`.  What stands for a member is a row under the tag of event and member, hidden or not,
sealed at one size: nobody reads from a copy who chose what, or who sits with whom.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta
from secrets import token_hex
from typing import Annotated

import sqlalchemy as sa
from pydantic import Field

from storage.places import Places
from storage.questions import Frozen
from storage.tables import event, event_before, event_wish
from storage.work import Shelf, Work

THEMES_MAX, THEME_MAX, SIZE_MIN, SIZE_MAX = 8, 60, 3, 20  # a size below three makes no group
MINUTES_MAX, SLOTS_MAX, PROMPTS, PROMPT_MAX, CHOSEN_MAX = 240, 12, 3, 200, 2
KEPT = timedelta(days=30)  # after the end; then nobody needs to know who chose what
WISH_BYTES, BODY_BYTES = 128, 2048  # one size of a member's row, and steps of what is set up
AT_ONCE = 500  # events of a transaction


def fresh_theme() -> str:
    """The id of a new theme."""
    return token_hex(4)


class Theme(Frozen):
    """One theme, in the words of whoever organises.  `id` stays when others come or go."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]{1,8}$")]
    words: Annotated[str, Field(max_length=THEME_MAX)]


class Themes(Frozen):
    """What there is to choose, and the groups as they are."""

    themes: tuple[Theme, ...]
    size: Annotated[int, Field(ge=SIZE_MIN, le=SIZE_MAX)]  # the most in a group
    minutes: Annotated[int, Field(ge=1, le=MINUTES_MAX)]
    prompts: tuple[str, ...] = ()  # (): the house's own
    groups: tuple[Theme, ...] = ()  # the theme of each group, as it was when they were made; group 1 is the first
    published: bool = False
    kept: bool = True  # everything that members asked for could be kept when they were made

    def words(self, theme_id: str) -> str:
        """A theme's words, or ""."""
        return next((one.words for one in self.themes if one.id == theme_id), "")


class Slots(Frozen):
    """How many may present, and how long each."""

    number: Annotated[int, Field(ge=1, le=SLOTS_MAX)]
    minutes: Annotated[int, Field(ge=1, le=MINUTES_MAX)]
    published: bool = False


class Before(Frozen):
    """What is set up for one event."""

    themes: Themes | None = None
    slots: Slots | None = None
    exchange: bool = False  # whoever comes may write what they look for and can offer, see `exchange.py`


class Wish(Frozen):
    """What one member chose, and where they are.  `told`: the group they have heard of; 0: none."""

    themes: tuple[str, ...] = ()
    group: int = 0
    told: int = 0


NOTHING, NO_WISH = Before(), Wish()


class Grouping(Shelf):
    """Themes and groups of the events of one community."""

    def get(self, event_id: str) -> Before:
        """What is set up for an event."""
        row = self._row(event_before, event_id=event_id)
        return Before.model_validate_json(self.work.keys.open(row.body_sealed)) if row else NOTHING

    def set(self, event_id: str, before: Before) -> None:
        """Keep it; the event is held."""
        sealed = self.work.keys.seal(before.model_dump_json(exclude_defaults=True), BODY_BYTES)
        self._put_over(event_before, event_id=event_id, body_sealed=sealed)

    def hold(self, event_id: str) -> Before:
        """The same as `get`; until this transaction ends nobody else changes it, or a wish."""
        self._places.hold(event_id)
        return self.get(event_id)

    # --- what members choose

    def choose(self, event_id: str, who: str, themes: Collection[str]) -> bool:
        """Somebody chose these themes, or none any more; False once the groups are told.  The route is `untraced`."""
        before = self.hold(event_id).themes
        if before is None or before.published:
            return False
        known = tuple(one.id for one in before.themes if one.id in themes)[:CHOSEN_MAX]
        self._write(event_id, who, self.wish(event_id, who).model_copy(update={"themes": known}))
        return True

    def wish(self, event_id: str, who: str) -> Wish:
        """What one member chose, and where they are."""
        row = self._row(event_wish, event_id=event_id, tag=self._tag(event_id, who))
        return self._read(row.body_sealed) if row else NO_WISH

    def wishes(self, event_id: str, people: Collection[str]) -> dict[str, Wish]:
        """The same of these members, in the order of their tags, which is nobody's."""
        rows = self.run(self._rows(event_wish).where(event_wish.c.event_id == event_id)).all()
        found = {row.tag: row.body_sealed for row in rows}
        tags = sorted((self._tag(event_id, who), who) for who in people)
        return {who: self._read(found[tag]) if tag in found else NO_WISH for tag, who in tags}

    # --- groups

    def place(self, event_id: str, groups: Mapping[str, int]) -> None:
        """Who is in which group from now on, counted from 1, 0 for none; the others stay.  The event is held."""
        for who, old in self.wishes(event_id, groups.keys()).items():
            if old.group != groups[who]:
                self._write(event_id, who, old.model_copy(update={"group": groups[who]}))

    def clear(self, event_id: str) -> None:
        """Nobody is in a group any more, or has heard of one; what they chose stays.  The event is held."""
        for row in self.run(self._rows(event_wish).where(event_wish.c.event_id == event_id)).all():
            wish = self._read(row.body_sealed)
            if wish.group or wish.told:
                self._put_wish(event_id, row.tag, wish.model_copy(update={"group": 0, "told": 0}))

    def publish(self, event_id: str, people: Collection[str]) -> list[str]:
        """Those of these members who have a group and have not heard which; they are told now.  The event is held."""
        news = {who: wish for who, wish in self.wishes(event_id, people).items() if wish.group not in {0, wish.told}}
        for who, wish in news.items():
            self._write(event_id, who, wish.model_copy(update={"told": wish.group}))
        return list(news)

    # ---

    @property
    def _places(self) -> Places:
        return Places(self.work, self.community)

    def _tag(self, event_id: str, who: str) -> bytes:
        return self._places.tag_of_event(event_id, who)

    def _write(self, event_id: str, who: str, wish: Wish) -> None:
        self._put_wish(event_id, self._tag(event_id, who), wish)

    def _put_wish(self, event_id: str, tag: bytes, wish: Wish) -> None:
        sealed = self.work.keys.seal(wish.model_dump_json(exclude_defaults=True), WISH_BYTES)
        self._put_over(event_wish, event_id=event_id, tag=tag, body_sealed=sealed)

    def _read(self, sealed: bytes) -> Wish:
        return Wish.model_validate_json(self.work.keys.open(sealed))


def forget(work: Work) -> int:
    """Forget who chose what and sat where, `KEPT` after an event.  How many rows."""
    old = sa.select(event.c.id).where(
        event.c.community_id == event_wish.c.community_id, event.c.ends_at >= work.now - KEPT
    )
    gone = work.connection.execute(sa.delete(event_wish).where(event_wish.c.event_id.not_in(old))).rowcount
    work.erases = work.erases or bool(gone)
    return gone
