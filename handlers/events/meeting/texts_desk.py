"""Sentences about meetings for whoever runs them."""

from bot.language import mark as _
from bot.language import plural

# The page
MEETING = _("Meeting")
MEETING_OF = _("Meeting: {title}")
WHAT = _(
    "A meeting has open items: whoever may come proposes them, you order them. The agenda of the next date is made of them, and what was not finished comes again by itself."
)
MARK = _("Make it a meeting")
MARKED = _("It is a meeting now. Members propose items on the event's card.")
UNMARK = _("No meeting any more")
UNMARK_SURE = _("Its items and minutes stay, but members do not see an agenda. Go on?")
UNMARKED = _("It is an event like any other now.")
FOR_SERIES = _("Items belong to the whole series.")
ON_AGENDA = _("On the agenda")
ON_AGENDA_OF = plural("{count} item, {taken} of {room} min", "{count} items, {taken} of {room} min")
STAY = _("Stay for the next time")
WAITING = _("Proposed by members")
PARKED = _("Parked")
AGENDA_IS = _("The agenda")
AGENDA_FIXED = _("is fixed: what comes now is for the next date")
AGENDA_OPEN = _("follows the open items")
AGENDA_LATER = _("is made when the date before is over")
MINUTES_ARE = _("Minutes")
MINUTES_OUT = _("published")
MINUTES_NOT = _("not published")
OPEN_TODOS = _("Still to do")
FIX = _("Fix the agenda")
FIXED = _("The agenda is fixed. What is proposed or added now is for the next date.")
UNFIX = _("Open the agenda again")
UNFIXED = _("The agenda follows the open items again.")
NOT_NEXT = _("Another date of this meeting comes first; its agenda is the one to fix.")
TO_MEETING = _("To the meeting")
NOT_YET = _("Minutes can be written once the meeting has begun.")

# What waits
WAITS = plural("{count} item is proposed for “{title}”.", "{count} items are proposed for “{title}”.")

# Items
ITEMS = {"open": _("Open items"), "proposed": _("Items proposed"), "parked": _("Parked items")}
ITEMS_NONE = _("There is nothing here.")
ADD = _("Add an item")
ADD_HERE = _("Add an item to this date")
EDIT = _("Change the words")
SAVE = _("Save")
SAVED = _("Saved.")
TOO_MANY = _("{max} items are open. Please park or close one first.")
LINE_STATE = _("{minutes} min")
MINUTES = _("Minutes wanted")
LINK = _("Link to read before")
WHO = _("Proposed by")
UNSEEN = _("a member whose name you cannot see")
STATE = _("How it stands")
STATES = {
    "proposed": _("waits for your answer"),
    "open": _("on the list"),
    "parked": _("parked"),
    "closed": _("closed"),
}
ACCEPT = _("Take it up")
DECLINE = _("Do not take it up")
DECLINE_SURE = _("The proposal is deleted. Please tell its member in person if you like. Go on?")
DECLINED = _("Deleted.")
PARK = _("Park")
UNPARK = _("Open again")
CLOSE = _("Close")
CLOSE_SURE = _("It does not come up again. Go on?")
EARLIER = _("Earlier")
LATER = _("Later")
MOVED = _("The order has changed.")
GONE = _("This item is no longer there.")
MORE = _("Next items")

# Minutes
WRITE = _("Write the minutes")
MINUTES_OF = _("Minutes: {title}")
MINUTES_NONE = _("There is no item on this date.")
NOTE = _("Write")
NOTE_TITLE = _("Minutes of this item")
NOTE_JA = _("Notes in Japanese")
NOTE_EN = _("Notes in English")
NOTE_OUTCOME = _("What came of it")
NOTE_NAMES = _("Please name only those who agree to be named: members read this.")
NOTE_OTHER = _("Somebody else wrote this meanwhile:")
NOTE_MEANWHILE = _(
    "Somebody else has saved this item meanwhile. Their words are above; please bring both together and save."
)
NOTE_KEPT = _("Saved.")
BAD_OUTCOME = _("Please choose one.")
DECIDE = _("Write down a decision")
DECIDE_TITLE = _("What was decided?")
DECIDE_JA = _("Decision in Japanese")
DECIDE_EN = _("Decision in English")
DECIDE_INSTEAD = _("Takes the place of decision")
DECIDE_INSTEAD_HINT = _("Its number, such as 2035-1; empty: of none.")
DECIDE_EMPTY = _("Please write it in one language at least.")
DECIDE_NO = _("There is no decision of this number that still holds.")
DECIDED = _("Kept as decision {name}.")
REWORD = _("Correct the words")
REWORDED = _("Corrected.")
DELETE = _("Delete")
DELETE_SURE = _("The text is deleted for good; its number is not used again. Go on?")
DELETED = _("Decision {name} is deleted.")
TO_MINUTES = _("To the minutes")

# To do
TODO_ADD = _("Note something to do")
TODO_TITLE = _("What is to be done?")
TODO_WHAT = _("What")
TODO_UNTIL = _("Until when")
TODO_UNTIL_HINT = _("For example: end of the month, next Friday, 12/1")
TODO_WHO = _("Whom shall we ask?")
TODO_WHO_HINT = _("A name as it is shown here; empty: nobody yet. It is theirs only when they say yes.")
TODO_NEXT = _("Next")
TODO_CHECK = _("Is this right?")
TODO_ASKS = _("{name} gets one message, and is asked.")
TODO_KEEP = _("Keep it")
TODO_REDO = _("Write it again")
TODO_KEPT = _("Noted.")
TODO_FULL = _("{max} things are open already. Please finish or delete one first.")
TODO_LIST = _("To do")
TODO_LIST_NONE = _("There is nothing to do.")
TODO_SAME = _("Several members are called that. Please leave this empty and ask them in person.")
TODO_ASK = _("Ask somebody")
TODO_ASK_SEND = _("Ask")
TODO_ASKED = _("They get one message, and are asked.")
TODO_IS_DONE = _("Done")
TODO_NOT_DONE = _("Not done after all")
TODO_DROP = _("Delete")
TODO_DROP_SURE = _("Delete it?")
TODO_DROPPED = _("Deleted.")
TODO_GONE = _("This is no longer there.")
TODO_EMPTY = _("Please write what is to be done.")
STANDS = {
    "free": _("nobody's"),
    "offered": _("{name} was asked and has not answered"),
    "taken": _("{name} does it"),
    "done": _("done"),
}

# Publishing
PUBLISH = _("Publish the minutes")
PUBLISH_AGAIN = _("Tell more people of the minutes")
PUBLISH_TITLE = _("For whom are the minutes?")
PUBLISH_WHERE = _("Put them in a shared room, too?")
PUBLISH_TELL = _("Offer them to those who came")
PUBLISH_TELL_HINT = _("One message, when it suits each of them.")
PUBLISH_NEXT = _("Look first")
PUBLISH_LOOK = _("This is what members will read. They find it under past events, too.")
PUBLISH_SEND = _("Publish")
PUBLISH_NONE = _("Nothing has been noted yet.")
PUBLISH_SAID = _("Published. What you correct from now on is drawn anew wherever it stands.")
ROOMS = {
    "none": _("No"),
    "here": _("Here, in this channel"),
    "digest": _("In the channel of the digests"),
    "board": _("On the portal's board"),
}

# The year
YEAR = _("The year's meetings and decisions")
YEAR_OF = _("Meetings and decisions of {year}")
YEAR_MEETINGS = _("Meetings held")
YEAR_ITEMS = _("Items talked about")
YEAR_DECISIONS = _("Decisions made")
YEAR_TODOS = _("Things done, of those noted")
YEAR_OF_TODOS = _("{done} of {count}")
YEAR_NONE = _("Nothing was decided in this year.")
YEAR_MORE = plural("and {count} more, in the file", "and {count} more, in the file")
YEAR_CSV = _("As a table (CSV)")
YEAR_TXT = _("As a text")
YEAR_BEFORE = _("The year before")
YEAR_FILE = _("meetings-and-decisions")
YEAR_COLUMNS = {
    "number": _("Number"),
    "on": _("Decided on"),
    "item": _("Item"),
    "ja": _("Japanese"),
    "en": _("English"),
    "by": _("Superseded by"),
}

AUDITED = {
    "meeting.marked": _("made an event a meeting, or none any more"),
    "meeting.agenda": _("changed the agenda of a meeting"),
    "meeting.minutes": _("wrote minutes of a meeting"),
    "meeting.published": _("published the minutes of a meeting"),
    "meeting.todo": _("noted what is to be done after a meeting"),
    "meeting.year": _("took the year's meetings and decisions as a file"),
    "decision.made": _("wrote down a decision"),
    "decision.changed": _("corrected a decision"),
    "decision.deleted": _("deleted a decision"),
}
