"""Every sentence about calendars."""

from bot.language import mark as _

TITLE = _("Your calendar")
ADD = _("To my calendar")

# The file of one event
FILE_TEXT = _(
    "Save this file and open it: your calendar takes the event in. If it changes, save it again; it does not appear twice."
)
FILE_SAVE = _("Save for my calendar (.ics)")
FILE_ONCE = _("The link opens once, within ten minutes.")
FOLLOW = _("Let my calendar follow by itself")
NO_PORTAL = _(
    "Calendars are given out on the web page of this community, and there is none. Please ask your secretariat."
)

# The address
INTRO = _(
    "Your calendar can show your events by itself, from an address that is yours alone. It looks there about once an hour; changes and cancellations arrive that way, too."
)
CARE = _("Whoever knows the address sees what it shows, with the links to meetings. Please pass it to nobody.")
SHARED = _(
    "In a calendar that others see, they read the titles, too. Titles that say too much are replaced by a neutral one."
)
NONE = _("You have no address yet.")
HAVE = _("You have had an address since {month}. It cannot be shown again; if you need it once more, make a new one.")
SHOWS_MINE = _("It shows what you are coming to or wait for.")
SHOWS_ALL = _("It shows all events, also those you have not answered.")
MAKE = _("Make my address")
RENEW = _("Make a new address")
RENEW_SURE = _("The address you have now ends, and calendars that use it stop following. Go on?")
STOP = _("End my address")
STOP_SURE = _("Calendars that use it stop following. Go on?")
WIDEN = _("Show all events")
NARROW = _("Show only mine")
STOPPED = _("Your address has ended.")
ADDRESS = _("The address for your calendar")
ADDRESS_OPEN = _("The same for programs that open it at once")
ADDRESS_HOW = _(
    "In your calendar, choose to subscribe to a calendar or to add one by URL, and paste the address. It is shown only now."
)

# What stands in the calendar
NAME = _("{community}: events")
NAME_PLAIN = _("Events from Enishi")
PART = _("{title} · {part}")
CALLED_OFF = _("Cancelled: {title}")
WAITS = _("You are on the waiting list.")
KEPT = _("A seat is held for you. Please say whether you take it.")
OPEN = _("You have not answered yet.")
JOIN = _("To take part online: {link}")

# What is kept about a member
ABOUT_ADDRESS = _("The address for your calendar")
ABOUT_MONTH = _("Made in")
ABOUT_SHOWS = _("What it shows")
ABOUT_SEEN = _("Nobody; whoever you gave the address to sees what it shows")
