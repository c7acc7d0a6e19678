"""Teams and who came how often, in the file of those who come: names as in the rest of it."""

from handlers.events.cohort import crew, texts, texts_desk
from storage.attendance import Attendance
from storage.events import Event
from storage.people import Member, People
from storage.presets import Level
from storage.work import Work


def rows(work: Work, member: Member, event: Event) -> list[list[str]]:
    """Each member of each team whose name may be read, with how many of the dates so far; the others counted."""
    here = crew.load(work, member.community, event.series) if event.details.cohort else None
    if here is None:
        return []
    reader, attendance = member.reader, Attendance(work, member.community.id)
    held = [{one.id for one in attendance.came(date)} for date in here.found.held]
    found = []
    for number in (*here.found.roll.book.teams, 0):
        team = here.team(number)
        names = People(work, member.community.id).names(
            [one.member for one in team if one.level is not Level.HIDDEN], member
        )
        title = reader(texts.TEAM_OF, number=number) if number else reader(texts_desk.WITHOUT)
        for who, name in sorted(names.items(), key=lambda one: one[1]):
            came = reader(texts_desk.CAME_OF, came=sum(who in there for there in held), all=len(held))
            found.append([title, name, came, ""])
        others = here.count([one for one in team if one.member not in names])
        if others != "0":
            found.append([title, reader(texts_desk.OTHERS, count=others), "", ""])
    return found
