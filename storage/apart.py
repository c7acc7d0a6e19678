"""With whom somebody wants to be in no group: a list that its owner keeps, and the program alone reads.

A row is two tags: of its owner, and of the pair.  Neither says who; that somebody has such a list shows, not whose it
is.  Routes that change it are `untraced`, so that no other row leads there.
"""

from collections.abc import Collection

import sqlalchemy as sa

from storage.tables import event_apart, member
from storage.work import Shelf

MOST = 10  # on one list


class Apart(Shelf):
    """The lists of one community."""

    def of(self, who: str) -> list[str]:
        """Whom one member does not want to sit with, by id; for themselves alone."""
        rows = self._rows(event_apart, event_apart.c.other).where(event_apart.c.tag == self._tag(who))
        found = set(self.run(rows).scalars())
        everybody = self.run(self._rows(member, member.c.id)).scalars() if found else ()
        return sorted(one for one in everybody if self._pair(who, one) in found)

    def add(self, who: str, other: str) -> bool:
        """One more; False when the list is full.  The route must be `untraced`."""
        mine = self._rows(event_apart, sa.func.count()).where(event_apart.c.tag == self._tag(who))
        if int(self.run(mine).scalar_one()) >= MOST:
            return False
        self._put_once(event_apart, tag=self._tag(who), other=self._pair(who, other))
        return True

    def drop(self, who: str, other: str = "") -> None:
        """One less, or an empty list.  The route must be `untraced`."""
        self.work.erases = True
        which = event_apart.c.other == self._pair(who, other) if other else sa.true()
        self.run(self._remove(event_apart).where(event_apart.c.tag == self._tag(who), which))

    def pairs(self, people: Collection[str]) -> set[frozenset[str]]:
        """Who of these is to be kept apart from whom, whoever of the two asked."""
        found: dict[bytes, set[bytes]] = {}
        for tag, other in self.run(self._rows(event_apart, event_apart.c.tag, event_apart.c.other)):
            found.setdefault(tag, set()).add(other)
        owners = {who: found[tag] for who in people if (tag := self._tag(who)) in found}
        return {
            frozenset({who, other})
            for who, others in owners.items()
            for other in people
            if other != who and self._pair(who, other) in others
        }

    def leave(self, who: str) -> None:
        """Forget a member: their list, and them on everybody's."""
        self.drop(who)
        everybody = self.run(self._rows(member, member.c.id)).scalars().all()
        gone = [self._pair(one, who) for one in everybody]
        self.run(self._remove(event_apart).where(event_apart.c.other.in_(gone)))

    def merge(self, gone: str, kept: str) -> None:
        """Two members are one person: one list, and one name on others'."""
        everybody = self.run(self._rows(member, member.c.id)).scalars().all()
        for other in self.of(gone):
            if other != kept:
                self._put_once(event_apart, tag=self._tag(kept), other=self._pair(kept, other))
        for one in everybody:
            had = self._row(event_apart, tag=self._tag(one), other=self._pair(one, gone))
            if had and one not in {gone, kept}:
                self._put_once(event_apart, tag=self._tag(one), other=self._pair(one, kept))
        self.drop(kept, gone)
        self.leave(gone)

    def _tag(self, who: str) -> bytes:
        return self.work.keys.tag("event.apart", self.community, who)

    def _pair(self, who: str, other: str) -> bytes:
        return self.work.keys.tag("event.apart.pair", self.community, who, other)
