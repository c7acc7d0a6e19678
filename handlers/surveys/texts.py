"""Every sentence of sealed surveys."""

from bot.language import mark as _

# The audit
AUDITED = {
    "survey.opened": _("opened a sealed survey"),
    "survey.closed": _("closed a sealed survey, counted it and destroyed its key"),
    "survey.voided": _("destroyed a sealed survey unread"),
    "survey.redacted": _("blacked out a part of a survey's answers"),
    "survey.shared": _("showed members the results of a survey"),
}
