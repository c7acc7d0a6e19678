"""Every sentence about who presents at an event."""

from bot.language import mark as _
from bot.language import plural

# On the event's card
SLOTS = _("To present something")
SLOTS_OF = _("{number} slots of {minutes} minutes")
PROGRAMME = _("Programme")
UNNAMED = _("a member")
LINE_PLAIN = _("{number}. {title}")
PRESENT = _("I'd like to present")
MINE = _("My presentation")

# Asking for a slot
TITLE = _("What would you like to present?")
WHAT_TITLE = _("Title")
WHAT_LINE = _("In one line, what it is about")
WHAT = _(
    "The organisers read this and say yes or no. If you present, your title stands on the event's card, with your name for whoever may see it."
)
SEND = _("Send to the organisers")
SENT = _("Your proposal is with the organisers. You hear from them here.")
SAVED = _("Saved.")
NO_TITLE = _("Please write a title.")
TOO_LONG = _("Please keep it to {max} characters.")
HIDDEN = _("Whoever presents is named, and nobody sees you here. With /enishi visible you can change that first.")
CLOSED = _("The programme stands. Please ask the organisers.")
FULL = _("So many have asked already that no more can be taken. Thank you.")
NO_SLOTS = _("Nobody can ask to present at this event.")

# One's own
STATES = {
    "asked": _("The organisers have not answered yet."),
    "yes": _("You have a slot of {minutes} minutes. You hear your place when the programme stands."),
    "no": _("There is no slot for it this time. Thank you for offering it."),
}
PLACE = _("You are number {place} of {count}, with {minutes} minutes.")
CHANGE = _("Change the words")
TAKE_BACK = _("I don't present after all")
TAKE_BACK_SURE = _("Take it back? The slot goes to somebody else.")
TAKEN_BACK = _("Taken back. Thank you for saying so.")

# The desk
PRESENTERS = _("Presenters")
NONE = _("Nobody can ask for a slot yet.")
SET = _("Offer slots")
SET_AGAIN = _("Change the slots")
SEE = _("See proposals")
NUMBER = _("Slots")
MINUTES = _("Minutes for each")
ASKED = _("Proposals")
GIVEN = _("Slots given")
OF = _("{count} of {number}")
STANDS = _("Told to the presenters")
SET_TITLE = _("Slots for presenters")
SET_HINT = _("From {min} to {max}.")
SET_LOWERED = _("{count} slots are given already.")
SET_SAVED = _("Saved. Members can propose something on the event's card.")
LIST = _("Presenters of “{title}”")
LIST_NONE = _("Nobody has proposed anything yet.")
DESK_STATES = {"asked": _("not answered yet"), "yes": _("has a slot"), "no": _("declined")}
UNSEEN = _("a member whose name you cannot see")
ENTRY = _("{name} · {state}")
MORE = _("Next proposals")
WHO = _("Presented by")
ABOUT = _("About")
STATE = _("How it stands")
GIVE = _("Give a slot")
DECLINE = _("Kindly decline")
DECLINE_SURE = _("They hear that there is no slot this time, with thanks. Go on?")
EARLIER = _("Earlier")
LATER = _("Later")
GIVEN_TO = _("They have a slot and hear of it.")
DECLINED = _("They hear that there is no slot this time, with thanks.")
ALL_TAKEN = _("All {number} slots are given. Offer more, or decline one first.")
GONE = _("They have taken it back.")
MOVED = _("The order has changed.")
TELL = _("Tell the presenters")
TELL_SURE = _("Presenters hear their place, and the event's card shows the programme. Go on?")
TOLD = plural("{count} presenter hears a new place.", "{count} presenters hear a new place.")
TOLD_NONE = _("Nobody has a slot yet.")
TO_LIST = _("To the presenters")

# Messages
NAME = _("What you would present")
WHY = _("you offered to present something at this event")
YES = _("Thank you: you present “{title}” at “{event}”.")
NO = _(
    "Thank you for offering “{title}” for “{event}”. There is no slot for it this time; we would be glad to hear from you again."
)

# What is kept about a member
EXPORT = _("What you would present")
EXPORT_LINE = _("In one line")
EXPORT_STATE = _("How it stands")
EXPORT_SEEN = _("The organisers; once the programme stands, whoever sees the event")
