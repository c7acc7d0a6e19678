"""The codes at the doors of events: six letters a part, made of its id, so that none is stored and none is guessed."""

from datetime import timedelta

from bot.codes import LETTERS, plain
from storage.events import Event, Events
from storage.programme import Part
from storage.work import Shelf

LENGTH = 6
KNOWN = timedelta(days=1)  # after the end, so that whoever is late hears that it is over


class Arrivals(Shelf):
    """The doors of one community."""

    def code(self, part_id: str) -> str:
        """What stands at the door of a part."""
        tag = self.work.keys.tag("event.door", self.community, part_id)
        return "".join(LETTERS[byte % len(LETTERS)] for byte in tag[:LENGTH])

    def at(self, code: str) -> tuple[Event, Part] | None:
        """Whose door has this code: of all that is announced or cancelled and not over for more than a day."""
        wanted = plain(code)
        if len(wanted) != LENGTH:
            return None
        known = Events(self.work, self.community).upcoming(self.work.now - KNOWN, cancelled=True)
        return next(((one, part) for one in known for part in one.parts if self.code(part.id) == wanted), None)
