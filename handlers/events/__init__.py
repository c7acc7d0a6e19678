"""Events: from a draft to "did anything come of it?"."""

from bot.router import Router
from handlers.events import (
    about,
    after,
    arranging,
    conversation,
    desk,
    ending,
    export,
    following,
    inviting,
    listing,
    nudges,
    posting,
    publishing,
    quiet,
    telling,
    terms,
    texts,
    words,
)
from handlers.events.asking import conversation as asking
from handlers.events.asking import hosting, moderating
from handlers.events.asking import texts_desk as asking_texts
from handlers.events.before import conversation as before
from handlers.events.before import desk as before_desk
from handlers.events.before import pitching, presenting, printing, told
from handlers.events.before import texts as before_texts
from handlers.events.cohort import after as cohort_after
from handlers.events.cohort import conversation as cohort
from handlers.events.cohort import desk as cohort_desk
from handlers.events.cohort import home as cohort_home
from handlers.events.cohort import plan as cohort_plan
from handlers.events.cohort import texts_desk as cohort_texts
from handlers.events.cohort import told as cohort_told
from handlers.events.day import arriving, door, runsheet
from handlers.events.exchange import conversation as exchange
from handlers.events.exchange import desk as exchange_desk
from handlers.events.exchange import texts as exchange_texts
from handlers.events.exchange import told as exchange_told
from handlers.events.meeting import conversation as meeting
from handlers.events.meeting import deciding, digest, doing, reading, writing
from handlers.events.meeting import desk as meeting_desk
from handlers.events.meeting import texts_desk as meeting_texts
from handlers.events.meeting import told as meeting_told
from handlers.feature import Feature
from storage.people import Area

feature = Feature(
    "events",
    Router.merged(
        [
            words.router,
            conversation.router,
            listing.router,
            desk.router,
            arranging.router,
            terms.router,
            publishing.router,
            export.router,
            following.router,
            ending.router,
            before.router,
            cohort.router,
            cohort_plan.router,
            cohort_desk.router,
            cohort_after.router,
            before_desk.router,
            presenting.router,
            pitching.router,
            exchange.router,
            exchange_desk.router,
            arriving.router,
            door.router,
            runsheet.router,
            asking.router,
            moderating.router,
            hosting.router,
            meeting.router,
            meeting_desk.router,
            writing.router,
            deciding.router,
            doing.router,
            reading.router,
            digest.router,
        ]
    ),
    planners={
        **inviting.PLANNERS,
        **nudges.PLANNERS,
        **after.PLANNERS,
        **cohort_after.PLANNERS,
        **meeting_told.PLANNERS,
    },
    crowds=nudges.CROWDS,
    drawers={
        **posting.DRAWERS,
        **telling.DRAWERS,
        **nudges.DRAWERS,
        **after.DRAWERS,
        **told.DRAWERS,
        **exchange_told.DRAWERS,
        **meeting_told.DRAWERS,
        **cohort_told.DRAWERS,
        **cohort_after.DRAWERS,
    },
    manners={
        **posting.MANNERS,
        **telling.MANNERS,
        **nudges.MANNERS,
        **after.MANNERS,
        **told.MANNERS,
        **exchange_told.MANNERS,
        **meeting_told.MANNERS,
        **cohort_told.MANNERS,
        **cohort_after.MANNERS,
    },
    due=nudges.due,
    quiet=quiet.quiet,
    seen=about.seen,
    home=lambda turn: (*listing.home(turn), *cohort_home.home(turn)),
    desk=desk.waits,
    desk_area=Area.CONTENT,
    about=about.about,
    export=about.export,
    files={**export.FILES, **following.FILES, **printing.FILES, **digest.FILES},
    sheets={
        door.SHEET: door.sheet,
        runsheet.SHEET: runsheet.sheet,
        moderating.SCREEN: hosting.sheet,
        meeting.SHEET: meeting.sheet,
    },
    shortcuts={door.HERE: f"events {door.HERE}"},
    leave=about.leave,
    audited={
        **texts.AUDITED,
        **asking_texts.AUDITED,
        **before_texts.AUDITED,
        **cohort_texts.AUDITED,
        **exchange_texts.AUDITED,
        **meeting_texts.AUDITED,
    },
)
