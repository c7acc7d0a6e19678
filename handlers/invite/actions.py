"""Buttons and forms of invitations."""

from typing import ClassVar

from bot.actions import Action


class Waves(Action):
    """The page of invitations."""

    name: ClassVar[str] = "invite.waves"


class Pick(Action):
    """Open the form that picks people."""

    name: ClassVar[str] = "invite.pick"
    opens_form: ClassVar[bool] = True


class Picked(Action):
    """By what people are picked, as typed."""

    name: ClassVar[str] = "invite.picked"
    year: str = ""
    department: str = ""
    tag: str = ""
    tone: str = "plain"
    most: str = ""


class Wave(Action):
    """Look at one wave."""

    name: ClassVar[str] = "invite.wave"
    wave: str


class ApproveWave(Action):
    """Its people may be written to."""

    name: ClassVar[str] = "invite.approve_wave"
    wave: str


class StopWave(Action):
    """Nobody else of it is written to."""

    name: ClassVar[str] = "invite.stop_wave"
    wave: str


class Drafts(Action):
    """The first draft to send."""

    name: ClassVar[str] = "invite.drafts"


class Draft(Action):
    """One person's draft; `tone` "" is the one it was picked with."""

    name: ClassVar[str] = "invite.draft"
    link: str
    tone: str = ""


class Sent(Action):
    """Whom I wrote to, from number `start` on."""

    name: ClassVar[str] = "invite.sent"
    start: int = 0


class Ticked(Action):
    """I sent it, or not after all; then the next one."""

    name: ClassVar[str] = "invite.ticked"
    link: str
    yes: bool = True


class Note(Action):
    """Open the note on a person."""

    name: ClassVar[str] = "invite.note"
    opens_form: ClassVar[bool] = True
    link: str


class Noted(Action):
    """The note, as typed."""

    name: ClassVar[str] = "invite.noted"
    link: str
    text: str = ""


class Revoke(Action):
    """The link opens for nobody any more."""

    name: ClassVar[str] = "invite.revoke"
    link: str


class Renew(Action):
    """Another link for the same person."""

    name: ClassVar[str] = "invite.renew"
    link: str


class Texts(Action):
    """Which text to change."""

    name: ClassVar[str] = "invite.texts"


class Edit(Action):
    """Open one text."""

    name: ClassVar[str] = "invite.edit"
    opens_form: ClassVar[bool] = True
    language: str
    tone: str


class Edited(Action):
    """One text, as typed."""

    name: ClassVar[str] = "invite.edited"
    language: str
    tone: str
    text: str = ""


class Arrange(Action):
    """Open the settings."""

    name: ClassVar[str] = "invite.arrange"
    opens_form: ClassVar[bool] = True


class Arranged(Action):
    """The settings, as typed."""

    name: ClassVar[str] = "invite.arranged"
    weekly: str = ""
    days: str = ""
    leaver_days: str = ""


class Invite(Action):
    """Open the form of one invitation."""

    name: ClassVar[str] = "invite.invite"
    opens_form: ClassVar[bool] = True


class Invited(Action):
    """One invitation, as typed."""

    name: ClassVar[str] = "invite.invited"
    who: str = ""
    mail: str = ""
    language: str = "ja"


class NewLeaver(Action):
    """Make a leaver link."""

    name: ClassVar[str] = "invite.new_leaver"


class Approve(Action):
    """One invitation may be given."""

    name: ClassVar[str] = "invite.approve"
    link: str


class Decline(Action):
    """... or not; nobody is told."""

    name: ClassVar[str] = "invite.decline"
    link: str


class Refer(Action):
    """A member asks for a link to pass on."""

    name: ClassVar[str] = "invite.refer"


class Show(Action):
    """Show the link I asked for."""

    name: ClassVar[str] = "invite.show"
    link: str


class Address(Action):
    """Open the form for a private address."""

    name: ClassVar[str] = "invite.address"
    opens_form: ClassVar[bool] = True


class Addressed(Action):
    """The private address, as typed."""

    name: ClassVar[str] = "invite.addressed"
    mail: str = ""
    agreed: bool = False
