"""Sentences of the run-sheet."""

from bot.language import mark as _

SHEET = _("Run-sheet")
SHEET_OF = _("Run-sheet: {title}")
SHEET_NONE = _("No event of yours is coming.")
SHEET_WHICH = _("Whose run-sheet?")
PRINT = _("A page to print")
EDIT = _("Add your own lines")
EDIT_HINT = _("One a line, up to {max} characters in all.")
EDIT_KEPT = _(
    "Whoever runs the event reads these lines; they are deleted 90 days after it. Please name only people who said yes."
)
SAVE = _("Save")
SAVED = _("Saved.")
CODE = _("Code at the door")
PRESENTERS = _("Presenters")
PRESENTER = _("{place}. {title} ({name})")
PRESENTER_UNNAMED = _("{place}. {title}")
GROUPS = _("Groups")
WHO = _("Who does what")
WHO_NONE = _("Nothing is written here yet.")
MOMENTS = {
    "day": _("A day before"),
    "hour": _("An hour before"),
    "door": _("At the door"),
    "after": _("Afterwards"),
}
SINCE = _("{what} ({when})")
TODO = _("☐ {line}")

# The lists, as far as the event makes them
PLACE_DAY = _("Tell the place how many people come, and when the room is needed.")
LINK_DAY = _("Open the meeting link once, and see who can let people in.")
ACCESS_DAY = _("Look once more whether this holds: {access}")
CAPTIONS_DAY = _("Look once more whether this is arranged: {captions}")
WAITING_DAY = _("Look at the waiting list; more seats go to the first on it.")
PRINT_DAY = _("Print the page for the door.")
PLACE_HOUR = _("Put the page for the door where everybody passes, and signs to the room.")
LINK_HOUR = _("Open the meeting, and have somebody watch who waits to be let in.")
CAPTIONS_HOUR = _("Try the captions.")
PRESENTERS_HOUR = _("Have the presenters try sound and screen.")
GROUPS_HOUR = _("Put out the sheets of the groups.")
TAP_DOOR = _("Members check in themselves; tick off whoever cannot.")
FREE_DOOR = _("Whoever has not signed up gets a free seat, or a place without one.")
STRANGERS_DOOR = _("Whoever is no member is counted, without a name.")
CONFIRM_AFTER = _("Note who came, on the page “After the event”.")
SUMMARY_AFTER = _("Write a summary, and offer it to those who came.")
DELETE_AFTER = _("Throw away lists that name people.")
