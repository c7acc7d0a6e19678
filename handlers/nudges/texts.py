"""Every sentence about how much we write to somebody."""

from bot.language import mark as _
from bot.language import plural
from storage.manners import Why

# Under every message
LESS = _("Fewer messages")
SKIP = _("Not this time")
STOP = _("Stop these")
WHY = _("Why you get this: {why}")
SILENT = _("It has been a while, and that is fine. We only write about once a year now, unless you would like more.")
AS_BEFORE = _("Write to me as before")
ALSO = _("There was also:")

# Answers to it
LESS_NOW = plural(
    "From now on we start at most {count} message to you in 28 days.",
    "From now on we start at most {count} messages to you in 28 days.",
)
LESS_LEAST = _("It is as little as it can be. You can stop single kinds, or take a break.")
SKIPPED = _("No problem. Another time, perhaps.")
STOPPED = _("We will not send you “{name}” any more. You can change this at any time.")
STARTED = _("We will send you “{name}” again.")
KIND_ON_AGAIN = _("Send it again")
FINE = _("Thank you. We will write to you as before.")
SETTINGS = _("All about my messages")

# One's own page
COMMAND = _("What we send you and why, and how to have less of it")
TITLE = _("What we send you")
BUDGET = plural(
    "In the last 28 days we started {count} message to you, of {most} at most.",
    "In the last 28 days we started {count} messages to you, of {most} at most.",
)
BESIDE = plural(
    "You also got {count} that you asked for; such messages do not count.",
    "You also got {count} that you asked for; such messages do not count.",
)
WHEN = _("They come on working days between {opens}:00 and {closes}:00 your time ({zone}), two days or more apart.")
NEVER = _("Your hours and those of your community do not meet, so we start no messages to you.")
LAST = _("The last ones")
NEXT = _("What is to come")
HELD = _("What was held back")
NONE = _("Nothing")
AROUND = _("{name}: around {day}")
AROUND_WHY = _("{name}: around {day}, because {why}")
HELD_WHY = _("{name}: {why}")
LINE = _("{day}: {name} ({why})")
KINDS = _("What you get")
KIND_OFF = _("not sent")
KIND_ON = _("sent")
CHANGE = _("Set it tighter")
HOME = plural("{count} message was held back for you.", "{count} messages were held back for you.")
FORM = _("How much we may write")
FORM_MOST = _("At most, in 28 days")
FORM_OPENS = _("Not before")
FORM_CLOSES = _("Not after")
FORM_HOURS_HINT = _("Your time; your community's hours are {opens}:00 to {closes}:00.")
MESSAGES = plural("{count} message", "{count} messages")
CLOCK = _("{hour}:00")
SAVE = _("Save")
SAVED = _("Saved.")
BAD_CHOICE = _("Please choose one.")
BAD_HOURS = _("Please give full hours from 0 to 24, the end after the beginning.")
REASONS = {
    Why.BUDGET: _("enough was sent in the last 28 days"),
    Why.PACE: _("something was sent in the last two days"),
    Why.HOURS: _("it is outside your hours"),
    Why.DAY: _("it is no working day"),
    Why.BREAK: _("you are taking a break"),
    Why.SILENCE: _("we do not want to ask too often"),
    Why.OFF: _("you chose not to get it"),
    Why.PURPOSE: _("it is for members with other purposes"),
}
IN_LINE = _("it is told in one line of the next message, because {why}")
TOLD_IN_LINE = _("it was told in one line of another message")

# What had no message of its own
REST_NAME = _("In one line each")
REST_WHY = _("these had no message of their own, so that you do not get too many")
REST_SUMMARY = _("A few lines from Enishi")  # on lock screens: says nothing

# What is kept about you
ABOUT_TITLE = _("How much we write to you")
ABOUT = _("Your limits, and which messages went out to you and when (180 days). Nobody else is shown any of it.")
ABOUT_AWAITED = _(
    "While a question is open, we note how many there were, so that we ask less often. Your answer deletes the note."
)

# The desk
DESK_COMMAND = _("How much, when and on which days members may be written to")
DESK_TITLE = _("Messages to members")
DESK_MOST = _("At most")
DESK_MOST_IS = plural("{count} in 28 days, {gap} hours or more apart", "{count} in 28 days, {gap} hours or more apart")
DESK_HOURS = _("Hours")
DESK_HOURS_ARE = _("{opens}:00 to {closes}:00, where the member lives")
DESK_DAYS = _("Public holidays")
DESK_COUNTRY = _("of {country}, and of where members live")
DESK_CLOSED = _("Closed")
DESK_NEXT_FREE = _("Next days off")
OBON = _("Obon (13 to 15 August)")
YEAR_END = _("year's end (29 December to 3 January)")
NO_TABLE = _(
    "There is no table of public holidays for “{country}”, so only weekends are kept. Please choose another country, or "
    "enter the days off below."
)
NO_COUNTRY = _(
    "The time zone {zone} belongs to no country, so only weekends are kept. Please choose a country, or enter the days off "
    "below."
)
DESK_NOTE = _("What members asked for (a reminder, a reply) is sent in any case. Each member may set it tighter.")
DESK_SET = _("Change settings")
DESK_HOUR_HINT = _("A full hour from 0 to 24, where the member lives")
DESK_GAP = _("Hours between two messages")
DESK_GAP_HINT = _("24 to 336")
DESK_COUNTRY_FIELD = _("Country of the public holidays")
DESK_COUNTRY_HINT = _("Two letters, as JP or DE; empty: by the time zone {zone}")
DESK_CLOSURES = _("Other days off")
DESK_CLOSURES_HINT = _("One a line: 08-10/08-16 (every year) or 2027-05-01/2027-05-05")
BAD_GAP = _("Please give whole hours from 24 to 336.")
BAD_COUNTRY = _("We know no public holidays for “{country}”. Please give two letters, as JP, or leave it empty.")
BAD_CLOSURES = _("We cannot read “{line}”. Please write 08-10/08-16 or 2027-05-01.")
AUDIT_SETTINGS = _("Changed how much members may be written to")
