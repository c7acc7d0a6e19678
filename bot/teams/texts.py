"""Every sentence of the Teams surface itself; what a card says comes from the features.

Most are shown in every language at once (`both`): a surface does not know which one a member chose.
"""

from bot.language import mark as _

MORE = _("There is more than fits here.")
YES = _("Yes")
REQUIRED = _("Please fill this in.")
CANNOT_SHOW = _("Please update Teams to see this message.")

ANSWERED_BELOW = _("The answer is in the newest message.")
ANSWERED_IN_CHAT = _("I answered you in our one-to-one chat.")
NO_CHAT = _("I could not write to you. Please open a chat with me first, then try again.")
ANSWERED_IN_ROOM = _("Done: the answer is in the channel.")
TAKEN = _("Received.")
SEND_AGAIN = _("Send again")
NOT_KEPT = _(
    "The answer is not shown here, since this version of Teams would keep it in the chat. Please update Teams, or use it in a browser."
)


LONG_DESCRIPTION = _(
    "Enishi helps a community stay in touch: it asks now and then what you are up to, passes on what you choose to share, and reminds you of what is coming. Nothing is ever required, and you can take a break at any time."
)
