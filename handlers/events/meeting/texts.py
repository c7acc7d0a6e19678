"""Sentences about meetings for members; those of the desk are in `texts_desk.py`."""

from bot.language import mark as _
from bot.language import plural

# On the event's card
AGENDA = _("Agenda")
AGENDA_OF = _("Agenda: {title}")
COUNT = plural("Agenda: {count} item, {minutes} min", "Agenda: {count} items, {minutes} min")
LINE = _("{number}. {title} ({minutes} min)")
MORE_ITEMS = plural("and {count} more item", "and {count} more items")
FREE = _("No item is on the agenda yet.")
LEFT = _("Stays for the next time")
TODO_FIRST = _("First: what is still to be done")
PROPOSE = _("Propose an item")
READ = _("Read the minutes")
GOERS = _("The agenda is shown to those who are coming.")
LATER_DATE = _("The agenda of this date is made when the one before it is over.")
FROM = _("From {name}")
FROM_MEMBER = _("From a member")
LINK = _("Link for {number}")
PRINT = _("To print")
TO_EVENT = _("To the event")
WHICH = _("The agenda of which meeting?")
NONE = _("No meeting is coming up.")

# Proposing
TITLE = _("What should we talk about?")
ITEM_TITLE = _("Title")
ITEM_LINE = _("In one line, what it is about")
ITEM_MINUTES = _("How many minutes does it need?")
ITEM_MINUTES_HINT = _("A number from 1 to {max}; empty: {usual}.")
ITEM_LINK = _("Link to read before")
ITEM_LINK_HINT = _("An address that begins with https://")
SEND = _("Send to the organisers")
WHAT = _(
    "The organisers decide what comes on the agenda, and may word it anew. There your name stands beside it for those who may see it; if nobody sees you, it says “from a member”."
)
NO_TITLE = _("Please write a title.")
TOO_LONG = _("Please keep it to {max} characters.")
BAD_MINUTES = _("Please give a whole number from 1 to {max}.")
BAD_LINK = _("Please give an address that begins with https://, or leave this empty.")
SENT = _("Thank you. The organisers have it now; what comes on the agenda stands here.")
FULL = _("So much waits for the organisers that nothing can be added now. Please try again later.")
NOT_FOR_YOU = _("Whoever may come to this meeting can propose an item.")
NO_MEETING = _("This is no meeting with an agenda.")
YOURS = _("You proposed, and it waits for an answer:")
TAKE_BACK = _("Take back {number}")
TAKEN_BACK = _("Taken back.")
ANSWERED = _("The organisers have answered already.")

# Minutes
MINUTES = _("Minutes")
MINUTES_OF = _("Minutes: {title}")
OUTCOMES = {
    "": _("Nothing noted"),
    "done": _("Done"),
    "next": _("Goes on next time"),
    "decided": _("Decided"),
}
DECIDED = _("Decision {name}")
TODOS = _("To do")
TODO_LINE = _("{what} (until {day}, {who})")
TODO_DONE = _("{what} (done)")
NOBODY = _("nobody yet")
A_MEMBER = _("a member")
NO_MINUTES = _("There are no minutes to read yet.")
NO_ITEMS_NOTED = _("Nothing was noted.")
MORE = _("Next items")
PUBLISHED = _("The minutes of “{title}” are there to read.")
MINUTES_NAME = _("The minutes of a meeting")
MINUTES_WHY = _("you came to this meeting")
ROOM_NAME = _("Minutes in a shared room")
ROOM_WHY = _("they were put there for everybody to see")

# Decisions
DECISIONS = _("Decisions")
DECISIONS_FOUND = _("Decisions with “{words}”")
DECISIONS_NONE = _("Nothing has been decided yet.")
DECISIONS_FOUND_NONE = _("No decision says all of this. Fewer words find more.")
DECISION_LABEL = _("{name} · {day}")
HOLDS_NO_MORE = _("Superseded by {name}")
INSTEAD = _("Takes the place of {name}")
ON = _("Decided on")
ABOUT_ITEM = _("Item")
SEARCH = _("Search decisions")
SEARCH_LABEL = _("Words or a number, such as 2035-1")
SEARCH_SEND = _("Search")
SEARCH_EMPTY = _("Please write a word.")
MORE_DECISIONS = _("Older decisions")
GONE = _("This decision is no longer there.")
TO_DECISIONS = _("To the decisions")

# What somebody does
TODO_NAME = _("Something to do after a meeting")
TODO_WHY = _("the organisers of a meeting thought of you")
TODO_SUMMARY = _("A question from a meeting")
TODO_ASKED = _("At “{title}” we wondered whether you would take this on:")
TODO_UNTIL = _("Until")
TODO_FREELY = _("Only if it suits you. No answer is fine, too: then it is nobody's.")
TODO_YES = _("I'll do it")
TODO_NO = _("Not me")
TODO_YOURS = _("You said you would do this. We remind you once, two days before, or on the working day before that.")
TODO_FINISH = _("It is done")
TODO_GIVE_BACK = _("I can't after all")
TODO_THANKS = _("Thank you for doing it.")
TODO_FREED = _("Noted. It is nobody's again; thank you for saying so.")
TODO_GONE = _("This is no longer yours, or is done already.")
SOON_NAME = _("A reminder of what you took on")
SOON_WHY = _("you said at a meeting that you would do this")
SOON_SUMMARY = _("A reminder of something you took on")
SOON = _("Until {day}: what you took on at “{title}”.")

# What is kept about a member
EXPORT_ITEMS = _("Items you proposed for meetings")
EXPORT_ITEMS_SEEN = _("The organisers, with your name as far as they may see it")
EXPORT_TODOS = _("What you were asked to do after meetings")
EXPORT_TODOS_SEEN = _("Whoever sees the meeting's agenda, with your name for those who may see it")
EXPORT_WHAT = _("What")
EXPORT_LINE = _("In one line")
EXPORT_STATE = _("How it stands")
TODO_STATES = {"free": _("nobody's"), "offered": _("asked"), "taken": _("taken on"), "done": _("done")}
