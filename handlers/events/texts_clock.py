"""Sentences about events that the clock says."""

from bot.language import mark as _
from bot.language import plural

# Reminders
DAY_NAME = _("The day before an event")
HOUR_NAME = _("The hour before an event")
REMINDER_WHY = _("you are coming to this event")
TODAY = _("A reminder: this event is today.")
TOMORROW = _("A reminder: this event is tomorrow.")
COMING = _("A reminder: this event is on {day}.")
IN_AN_HOUR = _("It begins in about an hour.")
IN_MINUTES = plural("It begins in {count} minute.", "It begins in {count} minutes.")

# The last call
LAST_NAME = _("The last days to sign up for an event")
LAST_WHY = _("you looked at this event and have not answered")
LAST = _("Would you like to come? You can sign up until the end of {day}.")
LAST_OPEN = _("Would you like to come? You can sign up until it begins.")

# For the secretariat
TIGHT = _("“{title}”: so many are coming that the last reminder arrives at {ends}. Please remind them elsewhere, too.")
