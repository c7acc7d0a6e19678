"""Sentences of events that whoever runs them reads."""

from bot.language import mark as _
from bot.language import plural

# The list
TITLE = _("Events at the desk")
NONE = _("There is no event yet.")
NONE_YOURS = _("You organise no event yet.")
WHAT = _("A supporter sees the events they organise; the secretariat sees all.")
NEW = _("New event")
PAST = _("Events that are over")
COMING = _("Drafts and coming events")
IDEAS = _("Start from an idea")
IDEAS_TITLE = _("Ideas that wait for an event")
IDEAS_NONE = _("No idea waits for an event.")
IDEA = _("Take this one")
STATES = {
    "draft": _("draft"),
    "announced": _("announced"),
    "cancelled": _("called off"),
    "over": _("over"),
}
LINE = _("{state} · {when}")
NOT_YOURS = _("This event is run by others.")

# One event
STATE = _("State")
GOING = _("Coming")
WAITING = _("Waiting")
WORDS_BUTTON = _("Change the words")
LONE = _("When and where")
ADD_PART = _("Add a part")
CHANGE_PART = _("Change: {part}")
DROP_PART = _("Delete: {part}")
DROP_SURE = _("Delete this part?")
RULES_BUTTON = _("Who may come, until when")
REPEAT_BUTTON = _("Repeat")
ORGANISE_BUTTON = _("Organisers")
PREVIEW_BUTTON = _("See it as others do")
ANNOUNCE_BUTTON = _("Announce")
ANNOUNCE_MORE = _("Announce elsewhere too")
CANCEL_BUTTON = _("Cancel the event")
DISCARD_BUTTON = _("Discard")
DISCARD_SURE = _("Discard this draft for good?")
EXPORT_BUTTON = _("List of those who come")
BACK = _("All events")
BACK_EVENT = _("Back to the event")
SERIES_OF = plural(
    "This is one date of a series; {count} has been announced so far.",
    "This is one date of a series; {count} have been announced so far.",
)

# Its words
WORD_TITLE = _("An event")
WORD_JA = _("Title in Japanese")
WORD_EN = _("Title in English")
WORD_TITLE_HINT = _("One of the two languages is enough. Up to {max} characters.")
ABOUT_JA = _("What it is about, in Japanese")
ABOUT_EN = _("What it is about, in English")
ABOUT_HINT = _("Up to {max} characters.")
SPOKEN = _("Language of the event")
ACCESS_LABEL = _("Access: steps, lifts, sign language, a quiet room …")
CAPTIONS_LABEL = _("Captions and interpreting, if any")
NEUTRAL_LABEL = _("A neutral title in calendars and notifications")
NEUTRAL_HINT = _("They then say “{neutral}”, and the title is seen by whoever opens the event.")
SAVE = _("Save")
SAVED = _("Saved.")
SAVED_BUT = plural(
    "{count} date stays as it is: it was changed by itself, or more seats are taken there.",
    "{count} dates stay as they are: they were changed by themselves, or more seats are taken there.",
)
TITLE_NEEDED = _("Please give a title, in one of the two languages.")
TOO_LONG = _("That is {over} characters too long. Please shorten it to {max}.")
BAD_CHOICE = _("Please choose one.")
IDEA_GONE = _("This idea has been taken up or withdrawn.")

# A part
PART_TITLE = _("A part of the event")
PART_NAME = _("Name of the part")
PART_NAME_HINT = _("Such as “Talk” or “Dinner”. May stay empty when there is only one.")
STARTS = _("Begins")
STARTS_HINT = _(
    "Such as “tomorrow 6:30pm”, “in two weeks at 18:30”, “end of next month 19:00” or a date with its time, in {zone}"
)
ENDS = _("Ends")
ENDS_HINT = _("A time such as “20:30”, or how long: “90 minutes”, “2 hours”")
PLACE = _("Place")
LINK = _("Link for those who join online")
LINK_HINT = _("It is shown to those who are coming, and to nobody else.")
CAPACITY = _("Seats")
CAPACITY_HINT = _("Empty: as many as like")
ALUMNI_SEATS = _("Of these, at most so many for people who have left the company")
STAFF_SEATS = _("Of these, at most so many for people at the company")
PART_SEND = _("Check")
CHECK_TITLE = _("Is this right?")
CHECK_PART = _("Nothing is saved yet. Please look at the weekday and the time zone.")
CHECK_TELLS = plural("{count} person hears of this change.", "{count} people hear of this change.")
KEEP = _("Yes, save it")
REDO = _("Change what is typed")
LASTS = _("Lasts")
MINUTES = plural("{count} minute", "{count} minutes")
BAD_SEATS = _("Please give a whole number from 1 to {max}, or leave it empty.")
BAD_LINK = _("Please give an address that starts with https://, or leave it empty.")
BAD_ENDS = _("Please give a time such as 20:30, or how long it lasts, such as 90 minutes.")
ENDS_FIRST = _("It would end before it begins. Please look at both times.")
TOO_LONG_PART = _("A part lasts a month at most.")
PAST_TIME = _("That has passed already. Please give a time to come.")
FAR_TIME = _("That is more than two years ahead. Please give an earlier one.")
SHARE_NOT_FOR = _("The event is not for people of this group. Please leave the field empty, or change who may come.")
DEADLINE_THEN = _("The last day to answer would be after it begins, or is over. Please change that day first.")
SCOPE = _("For which dates")
SCOPES = {
    "one": _("this date alone"),
    "all": _("all coming dates of the series"),
}
ZONE = _("Time zone")
NO_PLACE = _("Please give a place, or a link.")
TOO_MANY_PARTS = _("An event has up to {max} parts.")
MORE_SEATS_KIND = _("That is more than all the seats.")
LOWERED = plural(
    "{count} seat is taken already. Please give at least as many seats, or ask somebody first.",
    "{count} seats are taken already. Please give at least as many seats, or ask somebody first.",
)
LOWERED_KIND = _("More seats of this group are taken already. Please give at least as many.")
PART_GONE = _("This part is not there any more.")
PART_HAS = plural(
    "{count} seat of this part is taken. Whoever has one is told that the part does not take place. Delete it all the same?",
    "{count} seats of this part are taken. Those who have one are told that the part does not take place. Delete it all the same?",
)
PART_DROP = _("Delete the part and tell them")
PART_DROPPED = _("The part is deleted.")
PARTS_STAY = _("Each fixed team knows its part, so none can be added or deleted any more.")
PART_LAST = _("An announced event needs at least one part. You can cancel the event instead.")
STARTED = _("This event has begun or is over; it can't be changed any more.")

# Rules
RULES_TITLE = _("Who may come, until when")
WHO_MAY = _("Who may come")
WHO_HINT = _("Nothing chosen: everybody")
PURPOSES = _("Who is told by a message")
PURPOSES_HINT = _("Members who chose one of these; nothing chosen: every member who may come.")
PURPOSE_WORDS = {
    "business": _("business contacts"),
    "reunion": _("meeting old colleagues"),
    "return": _("working at the company again"),
    "reading": _("reading along"),
}
DEADLINE = _("Last day to answer")
DEADLINE_HINT = _("Until the end of that day in {zone}. Empty: until it begins.")
GUESTS = _("Guests per person")
GUESTS_HINT = _("From 0 to {max}; they take seats")
WAITLIST = _("When it is full and a seat becomes free")
WAITLIST_SHORT = _("A seat that becomes free")
WAITLISTS = {
    "automatic": _("the first on the waiting list has it at once"),
    "claim": _("the first is asked, and has 24 hours to take it"),
}
CHECK_DEADLINE = _("Answers until")
DEADLINE_LATE = _("The last day to answer is after the event begins. Please give an earlier one.")
KIND_HAS_SEATS = _("A part has seats set aside for people this would leave out. Please change that part first.")
BAD_GUESTS = _("Please give a whole number from 0 to {max}.")

# Repeating
REPEAT_TITLE = _("How it repeats")
RHYTHM = _("How often")
UNTIL = _("Last day")
UNTIL_HINT = _("Such as “2027-03-31”; at most two years ahead")
UNTIL_NEEDED = _("Please give a last day; a series needs an end.")
UNTIL_EARLY = _("That is before the second date. Please give a later day.")
CHECK_DATES = plural("{count} date", "{count} dates")
CHECK_MORE = plural("and {count} more date", "and {count} more dates")

# Organisers
ORGANISE_TITLE = _("Organisers")
ORGANISE_WHO = _("Who organises it as well")
ORGANISE_WHAT = _(
    "People with a role can organise. Organisers see the list of those who come; each is named on the event."
)
ORGANISE_NOBODY = _("Nobody else with a role can be named here.")
ORGANISE_SEND = _("Add or take out")
ORGANISE_ADDED = _("{name} organises it now.")
ORGANISE_GONE = _("{name} does not organise it any more.")
ORGANISE_LAST = _("Somebody has to organise it. Please add another person first.")

# Preview
PREVIEW_TITLE = _("How others see it")
PREVIEW_OF = _("As seen: {eyes}")
EYES = {
    "ja": _("a member, in Japanese"),
    "en": _("a member, in English"),
    "zone": _("a member in {zone}"),
    "going": _("somebody who is coming"),
    "room": _("the channel"),
    "lock": _("a lock screen"),
}
PREVIEW_BUTTONS = _("Buttons: {labels}")
LOCK_SHOWS = _("The notification says only this:")

# Announcing
ANNOUNCE_TITLE = _("Announce the event")
WHERE_TO = _("Where it is announced")
CHANNELS = {
    "here": _("this channel"),
    "digest": _("the channel of the digest"),
    "board": _("the board on the portal"),
    "none": _("nowhere; only by message and in /enishi events"),
}
NUDGE = _("Also as a message to members it suits")
NUDGE_HINT = _("It counts among the few messages a month that we start. Who wants no messages gets none.")
ANNOUNCE_NEXT = _("Look at the effect")
EFFECT_TITLE = _("If it is announced now")
EFFECT_WHERE = _("Shown in")
EFFECT_FITS = _("Members it suits")
EFFECT_NO_NUDGE = _("Nobody gets a message.")
PUBLISH = _("Announce now")
PUBLISHED = _("It is announced.")
INVITE_BOT = _("Please invite the bot to that channel, so that it can post there.")
NOT_READY = _("Something is not right yet. Please look at the words and the parts again.")
CHANNEL_GONE = _("It cannot be announced there any more. Please choose again.")
ALL_PAST = _("Its time has passed. Please change the date first.")
DEADLINE_PAST = _("Its last day to answer has passed. Please change it first.")
NOT_DRAFT = _("It has been announced already.")

# Cancelling
CANCEL_TITLE = _("Cancel “{title}”?")
CANCEL_HEARS = _("These hear at once that it does not take place:")
CANCEL_GOING = _("Coming")
CANCEL_WAITING = _("On the waiting list")
CANCEL_SERIES = _("The first button cancels this date alone; the other dates of the series stay.")
CANCEL_ALL = _("Cancel all coming dates")
CANCEL_ALL_SURE = _("Cancel every coming date of this series, and tell everybody who signed up for one?")
CANCEL_YES = _("Cancel it and tell them")
CANCELLED = _("It is cancelled, and they are told.")
DISCARDED = _("The draft is discarded.")

# The list of those who come
EXPORT_TITLE = _("List of those who come")
EXPORT_WHAT = _(
    "Names of members who show theirs to you; the others are counted. Please pass it to nobody, and delete it after the event."
)
EXPORT_CSV = _("As CSV")
EXPORT_XLSX = _("As Excel")
EXPORT_NO_PORTAL = _("There is no portal here, so no file can be given.")
EXPORT_NOT_YOURS = _("Only its organisers get the list.")
COLUMN_PART = _("Part")
COLUMN_NAME = _("Name")
COLUMN_STANDS = _("How it stands")
COLUMN_GUESTS = _("Guests")
COLUMN_OTHERS = _("Members without a name here")
STANDS_GOING = _("coming")
STANDS_WAITING = _("on the waiting list")
STANDS_HELD = _("a seat is held")
FILE_NAME = _("attendees")

# The desk's part
DESK_DRAFTS = plural("{count} event is still a draft.", "{count} events are still drafts.")
DESK_OPEN = _("Look at the drafts")
