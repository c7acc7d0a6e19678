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
