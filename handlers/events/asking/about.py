"""What is stored about a member of questions without a name, for the copy they take along: what they want answered."""

from handlers.events.asking import texts
from handlers.events.texts import EXPORT_EVENT
from handlers.sections import Row, Section
from storage.asked import Asked
from storage.asking import Rounds
from storage.events import Events
from storage.people import Member
from storage.work import Work


def export(work: Work, member: Member) -> Section:
    """As long as the events are not over; what they asked, nobody can find."""
    reader, here, rows = member.reader, member.community.id, list[Row]()
    for one in Rounds(work, here).alive():
        event, mine = Events(work, here).get(one.event), Asked(work, here).wanted_by(one.event, member.id)
        for question in Asked(work, here).all(one.event) if event and mine else ():
            if event and question.id in mine:
                title = ("event", reader(EXPORT_EVENT), event.title(reader.language))
                rows.append([title, ("question", reader(texts.EXPORT_WORDS), question.words)])
    return Section("event_questions", reader(texts.EXPORT), reader(texts.EXPORT_SEEN), rows)
