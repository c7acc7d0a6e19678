"""Sentences of the house itself: when somebody cannot be served."""

from bot.language import mark as _

OUTDATED = _("This button is from an older version. Type /enishi for the current menu.")
NOT_A_MEMBER = _("Only members can do this. Type /enishi to see how to join.")
NOT_THE_DESK = _("Only the secretariat can do this. Please ask one of them.")
NOT_YOUR_AREA = _("This part is done by others of the secretariat. Please ask one of them.")
NO_COMMUNITY = _("No community is set up in this workspace yet. Please ask whoever installed Enishi.")
OUTSIDER = _("Enishi answers people of this workspace only. Please use the link your secretariat gave you.")

# What a message to many would lead to, before the secretariat sends it
EFFECT_NOW = _("Get it at once")
EFFECT_LATER = _("Get it later, at a polite time")
EFFECT_LINE = _("Get it as one line of another message")
EFFECT_SPARED = _("Do not get it: a break, their own choice, or enough already")
EFFECT_UNREACHABLE = _("Cannot be reached")
EFFECT_WHEN = _("Sent")
EFFECT_TIGHT = _("Too many for the time there is")
EFFECT_FITS = _("It would fit from {begins} to {ends}. Please move what it has to be in time for, or write to fewer.")
EFFECT_SPAN = _("{begins} to {ends}")
