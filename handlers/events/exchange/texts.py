"""Every sentence about what those who come to an event look for and can offer."""

from bot.language import mark as _
from bot.language import plural

# On the event's card
TITLE = _("Looking for / can offer")
WHAT = _(
    "Whoever comes can write a card: what they look for, what they can offer. Those with a card read each other's, and can ask to talk."
)
WRITE = _("Write my card")
SEE = _("See the cards")
MINE = _("My card")
WANTED_BY = plural("{count} member would like to talk with you.", "{count} members would like to talk with you.")

# One's own
RESTS_AWAY = _(
    "Nobody reads your card, since you are not coming. It is back if you come after all; you can delete it at any time."
)
RESTS_SHY = _(
    "Fewer people may see you here than when you wrote this card, so nobody reads it. To have it read, send it once more."
)
RESTS_CLOSED = _("Nobody reads the cards of this event any more. Yours is deleted 90 days after the event.")
FORM_WHO = _(
    "It is read by those who come to this event and have a card themselves, and by nobody else, with your name on it: until 30 days after the event. You can change it or take it back at any time, and it is gone at once."
)
FORM_HIDDEN = _(
    "Other members cannot see you here. On this card, and only there, your name would be shown to those people. That is yours to decide; without a card nothing changes for you."
)
SEEKS = _("Looking for")
OFFERS = _("Can offer")
REACH = _("How to recognise or reach you")
LINE_HINT = _("Up to {max} characters.")
REACH_HINT = _("One line, if you like. Only those read it with whom you both would like to talk.")
SEND = _("Agree and show it")
EMPTY = _("Please write what you look for, or what you can offer.")
SHOWN = _("Your card can be read now.")
CHANGE = _("Change my card")
DROP = _("Take my card back")
DROP_SURE = _("Your card goes, and with it whom you asked to talk. You do not see the others' cards any more. Go on?")
DROPPED = _("Your card is deleted. Nobody reads it any more.")

# The cards
LIST = _("Looking for / can offer: {title}")
NONE = _("Nobody else has a card yet.")
FOUND_NONE = _("No card says “{words}”.")
FIELD = _("{label}: {text}")
STATES = {
    "asked": _("You would like to talk."),
    "wanted": _("Would like to talk with you."),
    "both": _("You both would like to talk."),
}
MORE = _("Next cards")
FIND = _("Search the cards")
FIND_LABEL = _("A word on the card, or a name")
ALL = _("All cards")
TO_CARDS = _("To the cards")
NEEDS_CARD = _("The cards are read by those who have one.")
CLOSED = _("There are no cards to read at this event.")
CARD_GONE = _("This card is not there any more.")

# Talking
TALK = _("I'd like to talk")
PREVIEW = _("{name} gets one message from us, with your name and your card:")
PREVIEW_FOOT = _(
    "If they would be glad to talk, you hear it, and you both read each other's line on how to be reached. Otherwise you hear nothing."
)
ASK = _("Ask {name}")
ASKED = _("{name} is told. If they would be glad to talk, you hear it here.")
TAKE_BACK = _("Take the question back")
TAKEN_BACK = _("Taken back.")
WANTS = _("{name} comes to “{event}”, too, and would like to talk with you.")
LEAVE_FOOT = _("If you leave it, nobody is told.")
GLADLY = _("Gladly")
LEAVE = _("Leave it")
LEFT = _("Left as it is. Nobody is told.")
GLAD = _("{name} would be glad to talk with you at “{event}”.")
BOTH = _("You and {name} would both like to talk.")
THEIR_REACH = _("How to recognise or reach them")
THEIR_REACH_NONE = _("They wrote nothing here. You know each other's names.")

# Messages
WANTS_NAME = _("Somebody would like to talk at an event")
WANTS_WHY = _("you have a card at this event")
GLAD_NAME = _("Somebody would be glad to talk at an event")
GLAD_WHY = _("you asked to talk with them at this event")

# The desk
DESK_OFF = _("Members who come could write what they look for and can offer, and read each other's cards.")
DESK_ON = _("You see how many cards there are. They are read by those who come and have one.")
DESK_OFFER = _("Offer cards")
DESK_STOP = _("Stop the cards")
DESK_STOP_SURE = _("Nobody reads the cards while they are stopped. Go on?")
DESK_COUNT = _("How many cards there are")
DESK_FEW = _("fewer than {count}")
DESK_OFFERED = _("Members who come can write a card now, on the event's card.")
DESK_STOPPED = _("Nobody reads the cards now. If you offer them again, they are back.")
AUDITED = {"event.exchange": _("offered or stopped the looking-for cards of an event")}

# What is kept about a member
EXPORT = _("Your cards at events: looking for, can offer")
EXPORT_ASKED = _("Whom you asked to talk, as far as you can see their names elsewhere")
EXPORT_SEEN = _(
    "Those who come to the event and have a card themselves; your line on how to be reached: those you talk with"
)
