"""Sentences that more than one surface says itself; what a card says comes from the features.

They are shown in every language at once (`both`) where a surface does not know which one a member chose.
"""

from bot.language import mark as _

UNAVAILABLE = _("Enishi cannot reach its memory just now. Please try again in a moment.")
INPUT_KEPT = _("Enishi cannot save this just now. Your input is still here: please send it again in a moment.")
BROKEN = _(
    "Something went wrong on our side, and nothing was saved. Please try again; if it stays, tell your secretariat."
)

INVITATION_DEAD = _(
    "This invitation does not open any more. Invitations work once and for a few weeks: please ask whoever gave it to you for a new one. If you have joined by it already, your own page is behind /enishi portal or a link from your secretariat."
)

SHORT_DESCRIPTION = _("Keeps a community in touch, about once a month and never more than you like.")

SHORT_NOTE = _("A short note from Enishi")  # on lock screens and in shared calendars: says nothing

# Why a day or time that somebody wrote is not taken (`bot/dates.py`)
DATE_EMPTY = _("Please write a day.")
DATE_UNREADABLE = _("This cannot be read as a day and a time. Please write it like 2026-12-01 18:30.")
DATE_WHICH_DAY = _("This can mean more than one day. Please write the date, like December 1.")
DATE_WHICH_HALF = _("This can be morning or evening. Please write the time like 09:30 or 21:30.")
DATE_WHICH_ORDER = _("Day and month could be either way round. Please write the month as a word, like December 1.")
DATE_SEVERAL = _("There is more than one day or time in it. Please write one.")
DATE_NO_TIME = _("Please write the time too, like 18:30.")
DATE_TIME_NOT_ASKED = _("Please write the day only, without a time.")
DATE_NO_SUCH_DAY = _("This day is not in the calendar. Please look at the date again.")
DATE_NO_SUCH_TIME = _("There is no such time of day. Please write it like 18:30.")
DATE_WRONG_WEEKDAY = _("The date and the day of the week do not belong together. Please look at both again.")
DATE_PAST = _("This has passed already. If you mean next year, please write the year too.")
DATE_TOO_FAR = _("This is more than two years ahead. Please choose an earlier day.")
