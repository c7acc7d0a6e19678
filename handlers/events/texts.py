"""Sentences of events that every member reads; what whoever runs events reads stands in `texts_desk.py`."""

from bot.language import mark as _
from bot.language import plural

# Commands
COMMAND = _("Events: mine, coming ones, past ones")
DESK_COMMAND = _("Events: draft, announce, change, cancel")

# The list
TITLE = _("Events")
NONE = _("Nothing is planned at the moment.")
MINE_TITLE = _("Where you are coming")
COMING_TITLE = _("Coming up")
PAST_TITLE = _("Past events")
PAST_NONE = _("There is no past event yet.")
FOUND_TITLE = _("Found for “{words}”")
FOUND_NONE = _("No event was found for “{words}”.")
SEARCH = _("Search past events")
SEARCH_LABEL = _("Words of the title or the text")
SEARCH_SEND = _("Search")
SEARCH_EMPTY = _("Please write at least one word.")
MORE = _("More")
BACK = _("All events")
LINE = _("{when} · {stands}")

# How one stands
GOING = _("You are coming.")
GOING_GUESTS = plural("You are coming, with {count} guest.", "You are coming, with {count} guests.")
WAITING = _("You are number {place} on the waiting list.")
HELD = _("A seat is held for you until {until}.")
ABSENT = _("You said that you can't come.")
OF_PART = _("{part}: {said}")
SHORT_GOING = _("coming")
SHORT_WAITING = _("waiting list, number {place}")
SHORT_HELD = _("a seat is held for you")

# One event
SUMMARY = _("An event: {title}")
SUMMARY_PLAIN = _("News of an event")
NEUTRAL = _("Get-together")
WHEN = _("When")
WHERE = _("Where")
SPAN = _("{starts} – {ends}")
IN_ZONE = _("{when} ({zone})")
PART_OF = _("Part {number}")
ONLINE_GOING = _("online; those who are coming see the link")
SEATS = _("Coming")
SEATS_OF = _("{taken} of {seats} seats")
SEATS_ANY = _("{taken}")
SEATS_WAIT = _("{taken} of {seats} seats, {waiting} waiting")
SEATS_KIND = _("{kind}: {count}")
SEATS_KINDS = _("Seats kept apart")
LANGUAGE = _("Language")
LANGUAGES = {
    "ja": _("Japanese"),
    "en": _("English"),
    "both": _("Japanese and English"),
}
ACCESS = _("Access")
CAPTIONS = _("Captions and interpreting")
FOR_WHOM = _("For")
KINDS = {
    "all": _("open to everybody"),
    "alumni": _("people who have left the company"),
    "staff": _("people at the company"),
}
OTHERS = _("friends of the community")
AND = _(", ")
DEADLINE = _("Please answer by")
DEADLINE_DAY = _("the end of {day} ({zone})")
ORGANISERS = _("Organised by")
GUESTS_MAX = _("Guests")
GUESTS_MANY = plural("{count} may come along", "up to {count} may come along")
REPEATS = _("Repeats")
RHYTHMS = {
    "once": _("once"),
    "weekly": _("every week"),
    "fortnightly": _("every two weeks"),
    "monthly_weekday": _("every month, on the same weekday of the month"),
    "monthly_date": _("every month, on the same date"),
}

# Its buttons
GO = _("I'm coming")
GO_PART = _("I'm coming: {part}")
CANNOT = _("I can't come")
CANNOT_PART = _("I can't come: {part}")
BRING = _("Bring guests")
BRING_PART = _("Bring guests: {part}")
OPEN_LINK = _("Open the meeting")
OPEN_LINK_PART = _("Open the meeting: {part}")
WHO = _("Who is coming")
ANSWER_PART = _("Answer: {part}")
ALL_PARTS = _("All parts")
CLAIM = _("Take the seat")
PASS = _("Leave it to the next")
DETAILS = _("Details")
POST_NAME = _("An event in a shared room")
POST_WHY = _("an event is announced here")
ROOM_FOOT = _("Who presses here is not shown. Your answer is for your eyes only.")

# What is said back
SAID_GOING = _("Good, you are on the list.")
SAID_WAITING = _(
    "It is full at the moment. You are number {place} on the waiting list, and hear from us when a seat is free."
)
SAID_FREED = _("Thank you for telling us. Your seat is free for somebody else.")
SAID_CANNOT = _("Thank you for telling us.")
GONE = _("This event is not there any more.")
CANCELLED = _("This event does not take place.")
LATE = _("The time to answer is over. The organisers can still help: {names}")
LATE_NOBODY = _("The time to answer is over.")
NOT_FOR_YOU = _("This event is for {who}.")
NOT_HELD = _("The seat is not held for you any more. You can sign up again.")
PART_GONE = _("This part does not take place any more.")
PART_OVER = _("This part has begun already.")
GUESTS_TOO_MANY = _("Up to {max} guests may come along.")
GUESTS_FULL = _("There is no room for so many. Please bring fewer guests, or come alone.")

# What is told
SEAT_NAME = _("A seat at an event")
SEAT_WHY = _("you were on the waiting list, or have a seat")
CHANGED_NAME = _("A change of an event")
CHANGED_WHY = _("you signed up for this event")
CANCELLED_NAME = _("An event that does not take place")
ANNOUNCED_NAME = _("An invitation to an event")
ANNOUNCED_WHY = _("your community has an event that suits you")
TOLD_SEAT = _("A seat has become free: you are coming now. If you can't, please press the button.")
TOLD_HELD = _("A seat has become free and is held for you until {until}.")
TOLD_PART_GONE = _("A part you had signed up for does not take place. We are sorry.")
TOLD_CHANGED = _("Something about this event has changed:")
CHANGES = {
    "moved": _("the time"),
    "place": _("the place"),
    "link": _("the link to the meeting"),
    "added": _("a part was added"),
    "dropped": _("a part was taken out"),
}

# Guests
GUESTS_TITLE = _("Who comes along?")
GUESTS_LABEL = _("How many guests come with you?")
GUESTS_HINT = _("A number from 0 to {max}. They are counted; nobody's name is kept.")
GUESTS_SEND = _("Sign up")
GUESTS_BAD = _("Please give a whole number from 0 to {max}.")

# As whom
KIND_ASKED = _("Some seats are set aside. As whom do you come?")
KIND_WHY = _("It is kept with your answer, and used for the seats that are set aside.")
KIND_I_AM = {
    "alumni": _("I have left the company"),
    "staff": _("I am at the company"),
    "other": _("Neither"),
}

# Who is coming
WHO_TITLE = _("Who is coming")
WHO_NOBODY = _("Nobody whose name you can see has signed up yet.")
WHO_OTHERS = _("Others are counted without a name: {count}")
WHO_FOOT = _("You see the names of those who show theirs to you.")

# What is kept about a member
ABOUT_TITLE = _("Events")
ABOUT_NONE = _("You have signed up for nothing at the moment.")
ABOUT_SEEN = _(
    "Seen by the organisers, and by members as far as they may see your name. Attendance by name is erased after a year."
)
ABOUT_SEALED = _(
    "As nobody sees you here, your answers are stored under a mark that only the program can tie to you. You are counted, and named nowhere."
)
EXPORT_EVENT = _("Event")
EXPORT_PART = _("Part")
EXPORT_WHEN = _("When")
EXPORT_STANDS = _("How it stands")
EXPORT_GUESTS = _("Guests")
EXPORT_ORGANISED = _("Events you organise")
EXPORT_EVERYBODY = _("Everybody who sees the event")

# The audit
AUDITED = {
    "event.drafted": _("drafted an event"),
    "event.announced": _("announced an event"),
    "event.changed": _("changed an event"),
    "event.cancelled": _("cancelled an event"),
    "event.discarded": _("discarded the draft of an event"),
    "event.confirmed": _("noted who came to an event"),
    "event.summarised": _("kept a summary of an event"),
    "event.offered": _("offered a summary to those who came"),
    "event.looked": _("opened the list of those who come to an event, at its door"),
    "event.sheet": _("changed the run-sheet of an event"),
    "event.exported": _("took a list of those who come to an event"),
}
