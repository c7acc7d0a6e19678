"""Sentences of the day of an event."""

from bot.language import mark as _
from bot.language import plural

# Arriving
HERE = _("I'm here")
HERE_PART = _("I'm here: {part}")
HERE_NOTED = _("You are checked in.")
ENTER = _("Enter the code at the door")
ENTER_LABEL = _("The code at the door")
ENTER_HINT = _("Six letters and digits, as on the sheet at the door; capital or small makes no difference.")
ENTER_SEND = _("Find the event")
ENTER_WHAT = _(
    "When an event is on, the sheet at its door has a code. Enter it here, or press “I'm here” below the event."
)
UNKNOWN = _("No event of these days has this code. Please look at the sheet at the door once more.")
FOUND = _("This is the code of “{what}”. Are you there?")
SAID = {
    "seated": _("You are checked in. Welcome!"),
    "walked_in": _("You are checked in, and a free seat is yours. Welcome!"),
    "extra": _("You are checked in. All seats are taken; the people at the door will help you find a place."),
    "already": _("You were checked in already."),
}
SAID_LATE = _("{said} It has begun, so please come straight in.")
SAID_EARLY = _("Check-in opens {when}. See you then!")
SAID_OVER = _("This is over. If you were there, the organisers can still note it.")

# At the door
DOOR = _("Check-in")
DOOR_OF = _("Check-in: {title}")
DOOR_PART = _("Check-in: {part}")
DOOR_NONE = _("No event of yours takes place in the coming twelve hours.")
DOOR_WHICH = _("Several events take place in the coming twelve hours.")
DOOR_STATES = {
    "early": _("members can check in from {when}"),
    "open": _("open"),
    "begun": _("it has begun; check-in is still open"),
    "over": _("over"),
}
DOOR_STATE = _("The door")
DOOR_HERE = _("Here")
DOOR_SEATS = _("Seats taken so far")
DOOR_STRANGERS = _("Not members")
DOOR_CODE = _("Code")
DOOR_FOOT = _("Members whom nobody sees are counted only among five or more. Nobody's time of arrival is kept.")
LOOK = _("Count again")
SHEET = _("A page for the door, to print or to keep open")
SHEET_HOW = _(
    "In Slack or Teams: type “/enishi events here” and the code. On the portal: press “I'm here” below the event."
)
SCAN = _("{part}: check in with your phone")
SCAN_ONE = _("Check in with your phone")
TICK = _("Tick off names")
TICK_FROM = _("Tick off names from number {number}")
TICK_TITLE = _("Who is here?")
TICK_WHO = _("Those who are coming and are not checked in")
TICK_HINT = _("Only members who show their names to you.")
TICK_SEND = _("Check them in")
TICK_NOBODY = _("Nobody whose name you may see is left.")
TICKED = plural("{count} person is checked in.", "{count} people are checked in.")
BACK = _("Noted by mistake")
BACK_TITLE = _("Who is not here?")
BACK_WHO = _("Those who are checked in")
BACK_SEND = _("Take their check-in back")
BACKED = plural("{count} check-in was taken back.", "{count} check-ins were taken back.")
STRANGER = _("One more who is no member")
STRANGERS = _("Number of others")
STRANGERS_LABEL = _("How many came who are no members?")
STRANGERS_SEND = _("Note it")
EVERYBODY = _("Everybody came")
EVERYBODY_SURE = _("Check in everybody who has a seat?")
EVERYBODY_SAID = _("Everybody who has a seat is checked in.")
EVERYBODY_EARLY = _("This can be said when it has begun.")
CLOSED = _("Check-in by the organisers opens twelve hours before.")
