"""What members agreed to: which version of the text, and in which month."""

from dataclasses import dataclass
from datetime import date

from storage.tables import consent
from storage.work import Shelf


@dataclass(frozen=True, slots=True)
class Consent:
    """A version of the text that somebody was shown.  `agreed`: they said yes to it, in this month."""

    version: str
    month: date
    agreed: bool


class Consents(Shelf):
    """The consents of one community."""

    def of(self, member_id: str) -> list[Consent]:
        """All of a member's, oldest first."""
        rows = self._rows(consent, consent.c.version, consent.c.month, consent.c.agreed)
        mine = rows.where(consent.c.member_id == member_id)
        return [Consent(*row) for row in self.run(mine.order_by(consent.c.month, consent.c.agreed.desc()))]

    def agree(self, member_id: str, version: str) -> None:
        """They said yes to this version."""
        self._put_over(consent, member_id=member_id, version=version, month=self._month, agreed=True)

    def ask(self, member_id: str, version: str) -> bool:
        """Whether they are to be asked about this version: once, and only who agreed to another one before.

        From now on they have been asked.
        """
        given = self.of(member_id)
        if not any(one.agreed for one in given) or any(one.version == version for one in given):
            return False
        return self._put_once(consent, member_id=member_id, version=version, month=self._month, agreed=False)

    def is_open(self, member_id: str, version: str) -> bool:
        """Whether they were asked about this version and have not answered."""
        row = self._row(consent, member_id=member_id, version=version)
        return row is not None and not row.agreed

    @property
    def _month(self) -> date:
        return self.work.now.date().replace(day=1)
