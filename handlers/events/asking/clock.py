"""What the clock does for questions: it opens them at the announced times, and ends them with their event."""

from collections.abc import Iterator
from typing import Any

from handlers.events.asking import rules
from storage import asking
from storage.errands import Errand
from storage.events import Events, State
from storage.work import Work


def due(work: Work) -> Iterator[Errand[Any]]:
    """Reckoned from the event as it is now, so that whatever moves or cancels one need not think of it."""
    for community, one in asking.alive_everywhere(work):
        event = Events(work, community).get(one.event)
        if event is None or event.state is not State.ANNOUNCED:
            yield asking.end(community, one.event, off=True)
        elif event.ends_at <= work.now:
            yield asking.end(community, one.event, off=False)
        elif (at := rules.last(event.parts, work.now)) and at > one.opened_at:
            yield asking.unseal(community, one.event, at, rules.least(event.parts, at))
