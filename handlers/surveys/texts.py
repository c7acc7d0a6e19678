"""Every sentence of sealed surveys."""

from bot.language import mark as _

# The audit
AUDITED = {
    "survey.opened": _("opened a sealed survey"),
    "survey.closed": _("closed a sealed survey, counted it and destroyed its key"),
    "survey.voided": _("destroyed a sealed survey unread"),
    "survey.redacted": _("blacked out a part of a survey's answers"),
    "survey.stop_asked": _("asked to stop a sealed survey"),
    "survey.stopped": _("stopped a sealed survey, as the second of two"),
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

# The desk
DESK_COMMAND = _("Surveys: write, open, results")
LIST_TITLE = _("Surveys")
LIST_NONE = _("There is no survey yet.")
LIST_MORE = _("Older ones")
LIST_NEWER = _("Newer ones")
LIST_BACK = _("All surveys")
UNTITLED = _("(no title yet)")
GONE = _("This survey is not here any more.")
STANDS_DRAFT = _("A draft: nobody has been asked yet.")
STANDS_FEW = _("Open until {day}. So far fewer than {k} have answered.")
STANDS_ENOUGH = _("Open until {day}. {k} or more have answered.")
STANDS_SHUT = _("Takes no answers any more, and is about to be counted.")
STANDS_CLOSED = _("Closed and counted. Members have not seen the results yet.")
STANDS_SHARED = _("Closed and counted. Members can see the results.")
HELD_CHANGED = _(
    "Somebody changed this survey in the database after it was opened, so it takes no answers and cannot be counted. Bring back the row as it was from a backup, or stop it here and ask again."
)
HELD_NO_KEY = _(
    "The key of this survey is not on the server, so nothing can be read or taken. Bring the key file back to where it was; if it is lost, stop the survey here and ask again."
)
HELD_TRUSTEES = _("Takes no answers any more, and waits for the trustees' passphrases.")
VOID_FEW = _("Too few people answered, so all answers were destroyed unread, as promised.")
VOID_LATE = _("It could not be opened in time, so all answers were destroyed unread, as promised.")
VOID_STOPPED = _("The secretariat stopped it, and all answers were destroyed unread.")
