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

# The copy a member takes along
EXPORT_TITLE = _("Sealed surveys that are open")
EXPORT_SEEN = _(
    "Nobody sees this; the program alone can tell, until the survey closes. Your own answer cannot be opened for you, and in closed surveys nothing of yours can be found."
)
EXPORT_SURVEY = _("Survey")
EXPORT_PRESENT = _("Sealed answer present")
EXPORT_YES = _("yes, it is there")
EXPORT_NO = _("no, there is none")
