"""Sentences of moderating questions that were asked without a name, and of hosting with them."""

from bot.language import mark as _
from bot.language import plural

TITLE = _("Questions without a name")
TITLE_OF = _("Questions without a name: {title}")
WHAT = _(
    "Members ask in a form, without their name, and vote for what they want answered. What was asked is opened several at once: every day at 18:00 from three on, an hour before it begins, and every 15 minutes while it goes on. You publish, merge, black out or set aside. Nobody can find out who asked, and nobody should try."
)
OFF = _("No questions can be asked yet.")
START = _("Let questions be asked")
START_SURE = _(
    "Members see the button on the event's card at once. It cannot be closed before the event is over. Shall it be opened?"
)
STARTED = _("Questions can be asked now, on the event's card.")
FEW = _("At least {count} members have to be able to come: among fewer, a question would point at somebody.")
NOT_ANNOUNCED = _("Please announce the event first.")
OVER = _("The event is over.")
NO_KEY = _("The key of these questions is missing: none can be taken, and what was sealed cannot be opened.")
OPEN = _("Look at the questions")

COUNTS = {
    "new": _("New ones"),
    "shown": _("Published"),
    "answered": _("Answered already"),
    "aside": _("Set aside"),
}
NEXT = _("Opened next")
LISTS = {
    "new": _("New questions"),
    "shown": _("Published questions"),
    "answered": _("Answered questions"),
    "aside": _("Questions set aside"),
}
NOTHING = _("There are none.")
ORDER = _("They stand in no order: nothing here tells who asked, or when.")
PUBLISH = _("Publish {number}")
ASIDE = _("Set {number} aside")
UNDO = _("Put {number} back among the new ones")
BLACK = _("Black out words of {number}")
SORTED = {
    "new": _("It is among the new ones again."),
    "shown": _("Published."),
    "aside": _("Set aside; nothing is deleted before the event is over."),
}
GONE = _("This question is not there any more, or somebody else has sorted it.")
BACK = _("All questions")
HOST = _("List for the host")

# Blacking out
BLACK_TITLE = _("Black out words")
BLACK_HOW = _("What you name here is replaced by ■■■. Nothing else of the question changes, and it cannot be undone.")
BLACK_PARTS = _("Words to black out, one part a line, exactly as they stand in the question")
BLACK_SEND = _("Black out")
BLACK_NONE = _("Please write what to black out.")
BLACK_MISSING = _("“{part}” does not stand in the question.")
BLACK_LONG = _("With ■■■ in it the question would be too long. Please black out fewer parts at once.")
BLACKED = _("Done.")

# Merging
MERGE = _("Make one of several")
MERGE_WHICH = _("Which belong together?")
MERGE_WORDS = _("One wording for all of them")
MERGE_HINT = _("Up to {most} characters. Whoever wanted any of them wants this one, each counted once.")
MERGE_SEND = _("Merge")
MERGE_TWO = _("Please choose two or more.")
MERGE_EMPTY = _("Please write the wording.")
MERGE_FEW = _("There are not two questions to merge.")
MERGED = _("Merged. The ones it was made of are gone.")

# On the day
HOST_NONE = _("No published question is left to answer.")
TICK = _("{number} is answered")
UNTICK = _("Not answered yet: {number}")
TICKED = _("{words} ✓")
HOST_PAGE = _("A page for the screen in the room")
LOOK = _("Look again")
SHEET_FACT = _("Questions without a name")
SHEET_COUNTS = _("{new} new, {shown} published")
SHEET_HOUR = _(
    "Look through the questions that were asked without a name; the last ones before the beginning are open now."
)

# After it
SHARE = _("Show the answered ones below the past event")
UNSHARE = _("Show them no more")
SHARED = _("Members see the answered questions below the past event now.")
UNSHARED = _("Members do not see them any more.")
KEPT = _("All of this is deleted 90 days after the event.")
WAITING = plural("{count} question without a name is new", "{count} questions without a name are new")

AUDITED = {
    "event.questions": _("let questions be asked for an event without a name"),
    "event.moderated": _("moderated questions that were asked for an event"),
    "event.questions_shared": _("showed, or hid, the answered questions of a past event"),
}
