"""Every sentence about what became of messages."""

from bot.language import mark as _
from bot.language import plural
from storage.batches import Fate

COMMAND = _("What became of what was sent")
TITLE = _("Deliveries")
WHAT = _("Counts of the last 60 days, by batch. Who got what is not shown here, nor who answered.")
NOTHING = _("Nothing was sent in the last 60 days.")
SHARED = _("Message for a shared room")
OTHER = _("Other message")
HEAD = _("{name}, {day}")
PLANNED = plural("{count} message planned: {fates}", "{count} messages planned: {fates}")
FATES = {
    Fate.SENT: _("sent"),
    Fate.WAITING: _("waiting"),
    Fate.HELD: _("held back"),
    Fate.EXPIRED: _("too late"),
    Fate.CANCELLED: _("cancelled"),
    Fate.FAILED: _("failed"),
    Fate.UNKNOWN: _("not known"),
}
FATE = _("{label} {count}")
BETWEEN = _(", ")
SMALL = plural(
    "Besides, {count} message in batches too small to be shown one by one: {fates}",
    "Besides, {count} messages in batches too small to be shown one by one: {fates}",
)
LOOK = _("Look: {name}, {day}")
BACK = _("All deliveries")
GONE = _("This batch is not there any more; it was erased after its time.")
WHY = {
    Fate.WAITING: _("They leave as fast as the platform allows, at polite times of each member."),
    Fate.HELD: _(
        "Not said to spare members: their limits, their hours, a break, or what they chose. Some are told in one line later."
    ),
    Fate.EXPIRED: _("Their time had passed before they could be sent."),
    Fate.CANCELLED: _("They were not needed any more when they were due, or what planned them was changed."),
}
FAILED_WHY = {
    "gone": _("The account or room cannot be written to any more"),
    "not_drawn": _("The message could not be made; please tell whoever runs Enishi"),
    "absent": _("The platform took it several times and never showed it"),
}
FAILED_OTHER = _("The platform refused it")
UNKNOWN = _(
    "For these, the platform never said whether it took them, and they cannot be looked up. They were not sent again, "
    "so that nobody gets one twice. If they matter, send them again; otherwise nothing needs to be done."
)
AGAIN_FAILED = _("Send again to those who failed")
AGAIN_UNKNOWN = _("Send these again")
SURE_FAILED = _("Send again to all of this batch whose message failed?")
SURE_UNKNOWN = _("Some may get it a second time. Send again?")
AGAIN = plural("{count} message is on its way again.", "{count} messages are on their way again.")
AGAIN_NONE = _("There is nothing left to send again: nobody of them can be reached now.")
DESK_TITLE = _("Deliveries that need a look")
DESK_FAILED = plural("{name}, {day}: {count} failed", "{name}, {day}: {count} failed")
DESK_UNKNOWN = plural(
    "{name}, {day}: nobody can tell of {count} whether it came",
    "{name}, {day}: nobody can tell of {count} whether they came",
)
AUDIT_AGAIN = _("sent messages again")
