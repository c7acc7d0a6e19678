"""Sentences about events that are over."""

from bot.language import mark as _
from bot.language import plural

# Whoever ran it
AFTER_NAME = _("After an event you organise")
AFTER_WHY = _("you organise this event")
BUTTON = _("After the event")
TITLE = _("After the event")
THANKS = _("Thank you for making this event happen. Three small things are left; all of them can wait or be left out.")
SIGNED_UP = _("Seats taken")
CAME = _("Came")
CAME_UNKNOWN = _("not noted yet")
CONFIRMED = _("Noted on")
OUTCOME_YES = _("Something came of it")
OUTCOME_NO = _("Nothing so far")
LINES = _("In their words, without names:")
CONFIRM = _("Note who came")
CONFIRM_AGAIN = _("Change who came")
CONFIRM_WHO = _("Who came?")
CONFIRM_NOTED = _("Those who were noted on the day")
CONFIRM_ALL = _("Everybody who had a seat")
CONFIRM_STRANGERS = _("How many came who are no members?")
CONFIRM_STRANGERS_HINT = _("Guests, too. A number from 0 to {max}; nobody's name is kept.")
CONFIRM_SEND = _("Note it")
CONFIRM_BAD = _("Please give a whole number from 0 to {max}.")
CONFIRM_PICK = _("Please choose one of the two.")
CONFIRM_SAID = _("Noted. Thank you.")
EARLY = _("This event is not over yet.")
THANKED_NAME = _("Thanks for an event")
THANKED_WHY = _("you organised this event")
THANKED = plural(
    "“{title}” is noted: {number} person came. Thank you for it.",
    "“{title}” is noted: {number} people came. Thank you for it.",
)
PRESENTED_WHY = _("you presented at this event")
PRESENTED = plural(
    "Thank you for presenting “{what}” at “{title}”. {number} person came.",
    "Thank you for presenting “{what}” at “{title}”. {number} people came.",
)

# What is kept
SUMMARISE = _("Summary and links")
SUMMARY_JA = _("Summary in Japanese")
SUMMARY_EN = _("Summary in English")
SUMMARY_HINT = _("What it was about and what is worth knowing. Members find it under past events. No names, please.")
LINKS = _("Links, one a line")
LINKS_HINT = _("Slides, a recording, minutes: addresses that begin with https://, {max} at most.")
LINKS_BAD = _("This is no address that begins with https://: {link}")
LINKS_MANY = _("Please give {max} links at most.")
SUMMARY_LONG = _("Please write {max} characters at most.")
SUMMARY_SEND = _("Save")
SUMMARY_SAID = _("Kept. Members find it under past events.")
ARCHIVE = _("What is left of it")
LINK = _("Link {number}")
OFFER = _("Offer it to those who came")
OFFER_WHAT = _("Those who came get one message with the summary, when it suits them.")
OFFER_SEND = _("Send")
OFFER_NONE = _("There is no summary and no link yet.")
OFFER_NOBODY = _("There is nobody to send it to.")
OFFERED = _("It is on its way.")
KEPT_NAME = _("The summary of an event")
KEPT_WHY = _("you came to this event")
KEPT = _("There is something to read about “{title}”.")

# The survey
FEEDBACK = _("Ask three questions, sealed")

# Numbers
NUMBERS = _("Events of the last 12 months in numbers")
NUMBERS_EVENTS = _("Events held")
NUMBERS_PARTS = _("Parts")
NUMBERS_CANCELLED = _("Cancelled")
NUMBERS_SEATS = _("Seats taken, guests too")
NUMBERS_MEMBERS = _("Times a member came")
NUMBERS_STRANGERS = _("Others who came")
NUMBERS_FOOT = _("Small numbers are shown as your community has set it.")

# Those who came
OUTCOME_NAME = _("What came of an event")
OUTCOME_WHY = _("you came to this event a month ago")
OUTCOME_SUMMARY = _("A question about an event")
OUTCOME = _("You came to “{title}” on {day}. Did anything come of it: a contact, an idea, something you do together?")
OUTCOME_FOOT = _("One tap is enough, and no answer is fine, too. Answers are counted without names.")
YES = _("Yes")
NO = _("Not so far")
TELL = _("Yes, in a line")
TELL_LABEL = _("What came of it?")
TELL_HINT = _("One line. The organisers read it without your name; please name nobody else.")
TELL_SEND = _("Send")
TELL_LONG = _("Please write {max} characters at most.")
TELL_EMPTY = _("Please write a line.")
TOLD = _("Thank you, it is counted.")
NOT_THERE = _("Only those who came can answer this.")
MINE_YES = _("You said that something came of it.")
MINE_NO = _("You said that nothing has come of it so far.")
ASK_AGAIN = _("Did anything come of it?")
