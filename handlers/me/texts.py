"""Sentences about one's own data, breaks, keys, taking a copy and leaving."""

from bot.language import mark as _
from bot.language import plural
from bot.texts import SHORT_NOTE

# What is stored about me
ME_COMMAND = _("Everything stored about you, who sees it, and how to change it")
TITLE = _("What is stored about you")
COMMA = _(", ")  # between two things in a line
SEALED = _(
    "All of it is encrypted in our database; whoever has only a copy of it reads no name, no account and no text."
)
PROFILE = _("What you told about yourself")
NAME = _("Name")
PURPOSE = _("What brings you here")
YEARS = _("Your years with the company")
FIELD = _("What you do now")
ABOUT = _("A line about you")
MAIL = _("Private mail address")
NOTHING = _("(nothing)")
SOMETHING = _("(told; shown on your own page)")
ELSEWHERE = _("(Not shown in a chat, which can be exported. You find it on your own page: /enishi portal)")
PURPOSES = {
    "business": _("Business together"),
    "reunion": _("Meeting people again"),
    "return": _("Perhaps coming back one day"),
    "reading": _("Just reading"),
}
SEES = _("Who sees your name, your years, what you do and your line: {who}")
SEES_MAIL = _(
    "Your mail address and what brings you here are shown to no other member, and to nobody of the secretariat by name."
)
LEVELS = {
    1: _("Nobody, not even the secretariat"),
    2: _("The secretariat"),
    3: _("The secretariat, and members who show their name"),
    4: _("Everybody in this workspace"),
}
ROLES = {
    "owner": _("You own this community. The secretariat knows who does."),
    "secretariat": _("You belong to the secretariat. Members and the secretariat know that."),
    "supporter": _("You are a supporter. The secretariat knows that."),
}

ACCOUNTS = _("Accounts by which we know you")
ACCOUNT_ON = _("On {surface}")
ACCOUNT_MAIL = _("Mail")
ACCOUNT_OK = _("connected")
ACCOUNT_GONE = _("cannot be reached")
KEY = _("Your own key")
KEY_SINCE = _("there is one, made or last used in {month}")
KEY_NONE = _("none")
ACCOUNTS_SEEN = _("Nobody is shown which accounts you have.")

SETTINGS = _("How we write to you")
LANGUAGE = _("Language")
ZONE = _("Time zone")
BREAK = _("A break")
BREAK_NONE = _("none")
BREAK_UNTIL = _("until {day}")
BREAK_OPEN = _("until you come back")
SETTINGS_SEEN = _("Only the program uses these.")

KEPT = _("When, and since when")
JOINED = _("You joined in")
ACTIVE = _("Last sign of life")
CONSENT = _("You agreed to what we keep")
KEPT_HOW = _(
    "We keep months, no days. After 24 months without a sign of life we ask whether you stay; without an answer everything is erased."
)

CHANGE = _("Change this")
VISIBLE = _("Who sees me")
LESS = _("Fewer messages")
PAUSE = _("Take a break")
EXPORT = _("Take a copy")
KEY_BUTTON = _("A key of my own")
LEAVE_BUTTON = _("Leave")
ALL = _("Everything stored about me")

# Changing it
CHANGE_TITLE = _("About you")
SAVE = _("Save")
CHANGE_NAME = _("Your name, as the others will see it")
CHANGE_YEARS_HINT = _("For example 2009-2019")
CHANGE_FIELD_HINT = _("A few words, such as food industry, planning")
CHANGE_MAIL_HINT = _("So that you can be reached when your work account is closed. No other member sees it.")
CHANGE_ZONE_HINT = _("As in Asia/Tokyo or Europe/Berlin; we write in your daytime.")
CHANGED = _("Changed.")
BAD_NAME = _("Please give a name of up to {max} characters.")
BAD_NAMELESS = _(
    "Others see you, so please keep a name of up to {max} characters, or choose first that nobody sees you: /enishi visible"
)
BAD_LONG = _("Please shorten this to {max} characters.")
BAD_MAIL = _("This does not look like a mail address. Please check it, or leave it empty.")
BAD_YEARS = _("Please give years like 2009-2019 or 2019, or leave it empty.")
BAD_CHOICE = _("Please choose one.")
BAD_ZONE = _("We do not know this time zone. Please write it like Asia/Tokyo.")
TOO_MUCH = _("Together this is too much. Please shorten the lines about you.")

# A break
PAUSE_COMMAND = _("A break from all messages: until a day, or until you return")

PAUSE_TITLE = _("A break from all messages")
PAUSE_WHAT = _("Nothing we start reaches you until then. You stay a member, and can read and write as always.")
PAUSE_MONTHS = plural("{count} month", "{count} months")
PAUSE_OPEN_BUTTON = _("Until I come back")
PAUSE_DAY = _("Until a day of my choice")
PAUSE_DAY_FIELD = _("Quiet until")
PAUSE_DAY_HINT = _("For example {day}. On that day we may write again.")
PAUSE_SEND = _("Take the break")
PAUSE_DONE = _("We will be quiet until {day}. You can come back at any time.")
PAUSE_DONE_OPEN = _("We will be quiet until you come back. Nothing else changes.")
PAUSE_BAD = _("We cannot read this as a day. Please write it like {day}, or “3 months”.")
PAUSE_EARLY = _("This day has passed. Please give a later one.")
PAUSE_LATE = _("This is more than {years} years ahead. Please give an earlier day, or choose “until I come back”.")
RETURN = _("Come back")
RETURNED = _("Welcome back. We write to you as before.")
NOW_UNTIL = _("You are taking a break until {day}.")
NOW_OPEN = _("You are taking a break.")

# Fewer messages
LESS_COMMAND = _("Fewer messages from us")
LESS_NOW = plural(
    "From now on we start at most {count} message to you in 28 days.",
    "From now on we start at most {count} messages to you in 28 days.",
)
LESS_LEAST = _("We start at most one message to you in 28 days already. You can stop single kinds, or take a break.")
LESS_BACK = _("As before")
LESS_KINDS = _("All about my messages")

# A key of one's own
KEY_COMMAND = _("A link of your own that opens your page without any account")
KEY_TITLE = _("Your own key")
KEY_WHAT = _(
    "A link that opens your page as often as you like, also when your work account is closed: to read, change, take a copy, or leave."
)
KEY_HOW = _(
    "It is shown once. Print it, or send it to your private mail. Whoever has it can open your page, so keep it as you would a house key. Unused for 12 months, it ends."
)
KEY_HAVE = _("You have a key, made or last used in {month}. We do not keep it in a form that could be shown again.")
KEY_MAKE = _("Make a key")
KEY_RENEW = _("Make a new one")
KEY_RENEW_SURE = _("The old key then opens nothing any more, wherever you noted it. Make a new one?")
KEY_DROP = _("End it")
KEY_DROP_SURE = _("The key then opens nothing any more, wherever you noted it. End it?")
KEY_DROPPED = _("Your key opens nothing any more.")
KEY_HERE = _("This is your key. It is shown only now.")
KEY_COPY = _("The link")
KEY_PRINT = _("Print it, with a square for a camera")
KEY_CHAT = _(
    "This chat can be exported by its administrators, and the key stands in it now. Better: open your page with /enishi portal and make the key there."
)
KEY_NO_PORTAL = _("This install has no web address yet, so there is no page to open. Please ask the secretariat.")

# A copy
EXPORT_COMMAND = _("A copy of everything stored about you, as a file")
EXPORT_TITLE = _("A copy of everything about you")
EXPORT_WHAT = _(
    "One file with a page to read and the same data for programs (JSON). The link opens once, within 10 minutes, and is for you alone."
)
EXPORT_WHERE = _("It is not sent into the chat, because chats can be exported.")
EXPORT_OPEN = _("Get the file")
EXPORT_NONE = _("This install has no web address yet, so no file can be handed out. Please ask the secretariat.")

# Leaving
LEAVE_COMMAND = _("Leave the community; everything about you is erased")
LEAVE_TITLE = _("Leave the community")
LEAVE_WHAT = _(
    "Leaving {community} erases your account here, what you told, your reactions and your letters, at once and for good. Nobody is told."
)
LEAVE_OR = _(
    "If you only want quiet: /enishi pause. If you would like a copy first: /enishi export. You can join again at any time."
)
LEAVE_NEVER = _("Please do not invite me again")
LEAVE_NEVER_HINT = _(
    "Then only what recognises you, as your name and mail address, is kept on the list of people whom nobody here may invite. The secretariat keeps this list. Without the tick nothing is kept."
)
LEAVE = _("Leave and erase everything")
LEAVE_LAST_OWNER = _("You are the only owner. Please have another owner named before you leave.")
LEFT = _("You have left, and everything about you is erased. Take care; you are welcome at any time.")
LEFT_BARRED = _("You have left, and everything about you is erased. You will not be invited again. Take care.")

# Two silent years
STILL_NAME = _("Whether you stay")
STILL_WHY = _("we keep nobody's data for ever")
STILL_SUMMARY = SHORT_NOTE
STILL_TITLE = _("Would you like to stay?")
STILL_WHAT = _(
    "It has been two years since we last saw you, and that is fine. Without an answer everything stored about you is erased in {month}, so that nothing of you lies around here."
)
STAY = _("I stay")
STAYED = _("Good. Nothing changes.")

# The copy
MADE = _("Everything that {community} stores about you, made on {day}.")
SEEN_BY = _("Who sees it: {who}")
NOBODY = _("Nobody; only the program uses it")
SUPPORTERS = _("The supporter who is asked")
EMPTY = _("Nothing is stored.")
LETTERS = _("Letters on your page")
MESSAGES = _("Messages that went out to you, without their content (180 days)")
INVITED = _("People for whom you asked an invitation, or sent one")
ROSTER = _("What the secretariat's roster says about you")
SUPPORTER = _("A supporter you asked for")
ROLE = _("Role")
MOST = _("At most, in 28 days")
HOURS = _("Your own hours")
OFF = _("What you do not want")
UNANSWERED = _("Questions that wait for an answer")
VERSION = _("Version of the text")
MONTH = _("Month")
AGREED = _("Agreed")
YES = _("agreed")
NOT_YET = _("asked, no answer yet")
SERVICE = _("Service")
TENANT = _("Workspace or organisation")
USER = _("Account")
STATE = _("State")
DAY = _("Day")
TEXT = _("Text")
KIND = _("Kind")
NOTE = _("Note")
READING = _("Reading of the name")
NUMBER = _("Number")
LEFT_YEAR = _("Year of leaving")
DEPARTMENT = _("Department")
TAGS = _("Tags")
LINE = _("How you can be reached")

NOT_IN_TITLE = _("What is not in this file, and why")
NOT_IN = (
    _(
        "The chats themselves: Slack, Teams and your mail keep their own copies, and only their operators can give them out."
    ),
    _("What others wrote about you in their own words: it is theirs, and we do not look for names in texts."),
    _("Links, sessions and your key: we keep only fingerprints of them, which nobody can read, you neither."),
    _("Whom not to invite: that list belongs to the secretariat. Ask it whether you are on it."),
    _(
        "What you did for the secretariat, if you belong to it: its log names who did what, is kept for two years, and can be read there."
    ),
    _("Backups: they hold the same, encrypted, and end after some weeks; the operator of this install knows how many."),
)
