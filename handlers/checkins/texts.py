"""Every sentence of the check-ins."""

from bot.language import mark as _
from bot.language import plural

# The prompt
PROMPT_SUMMARY = _("A short note from Enishi")  # on lock screens: says nothing
PROMPT_TITLE = _("What have you been up to?")
PROMPT_FIRST = _("One line is plenty. You choose who can read it.")
PROMPT_LAST = _("Last time, {day}:")
PROMPT_LAST_PRIVATE = _("You last wrote on {day}; only those you chose can read it.")
PROMPT_YEARLY = _("It has been a while, and that is fine. Shall we keep asking once a year?")
WHY = _("your community asks now and then")
WHY_SET = plural(
    "your community asks every month (/enishi often changes it for you)",
    "your community asks every {count} months (/enishi often changes it for you)",
)
WHY_CHOSEN = plural(
    "you chose every month (/enishi often changes it)",
    "you chose every {count} months (/enishi often changes it)",
)
PROMPT_TEST = _("you asked for a test, and only you received it")
TEST_NAME = _("A test")
SAME = _("Still the same")
CHANGE = _("Something changed")
WRITE = _("Write a line")
LESS = _("Less often")
PAUSE = _("Take a break")
FINE = _("Still fine")

# Answers to it
THANKS_SAME = _("Thank you. Good to hear that all is well.")
THANKS_SKIP = _("No problem. See you next time.")
LESS_DONE = plural("From now on we ask every month.", "From now on we ask every {count} months.")
PAUSE_DONE = _("We will be quiet until {day}. You can come back at any time.")
PAUSE_OPEN = _("We will be quiet until you come back. Nothing else changes.")
PAUSE_FOREVER = _("No end date")
RESUME = _("Come back")
RESUMED = _("Welcome back. We will ask again when it is time.")
FINE_DONE = _("Thank you. We will be in touch again in a year.")

# Writing
FORM_TITLE = _("What's new?")
FORM_EDIT = _("Change it")
FORM_SEND = _("Send")
FORM_TEMPLATE = _("What is it about?")
FORM_TEXT = _("In your words")
FORM_TEXT_HINT = _("Up to {max} characters; one line is plenty.")
FORM_LINK = _("Link to a picture or page")
FORM_LINK_HINT = _("Starts with https://")
FORM_AUDIENCE = _("Who can read it?")
FORM_AGREED = _("Whoever else is named here has agreed")
FORM_AGREED_HINT = _("Only needed when you write about somebody else.")
TEMPLATES = {
    "free": _("Anything"),
    "job": _("A new job or role"),
    "project": _("A project"),
    "life": _("A life event"),
    "company": _("News from the company"),
}
AUDITED = {  # what the secretariat did
    "checkins.arranged": _("changed how check-ins are set"),
    "checkins.stopped": _("paused check-ins for everybody"),
    "checkins.resumed": _("let check-ins go on"),
    "checkins.letters": _("read what was written to the secretariat"),
}
AUDIENCES = {
    "everyone": _("Everyone in the community"),
    "secretariat": _("The secretariat"),
    "self": _("Only me"),
}
EMPTY = _("Please write at least one word.")
TOO_LONG = _("That is {over} characters too long. Please shorten it to {max}.")
BAD_LINK = _("Please give an address that starts with https://, or leave it empty.")
BAD_CHOICE = _("Please choose one.")
AGREE = _("Somebody seems to be named. If they have agreed, please tick this; otherwise leave the name out.")

TOLD = _("Thank you. We have it.")
TOLD_CHANGED = _("Changed.")
READ_BY = _("Who can read it")
IN_DIGEST = _("It will be in the next digest.")
IN_DIGEST_NAMELESS = _("It will be in the next digest, without your name.")
EDIT = _("Change")
WITHDRAW = _("Withdraw")
WITHDRAW_SURE = _("Withdraw this for good? It also disappears from the digest.")
WITHDRAWN = _("Withdrawn. It is deleted, and gone from the digest.")
GONE = _("This has been withdrawn already.")
MINE = _("What you wrote")
MINE_ELSEWHERE = _("(Not shown in a chat, which can be exported. You find it on your own page: /enishi portal)")
MINE_NONE = _("You have not written anything yet.")

# What is kept about a member
ABOUT_TITLE = _("What you told")
ABOUT_TOLD = plural("{count} line", "{count} lines")
ABOUT_CHEERS = _("Your reactions")
ABOUT_SEEN = _("Each line is read by those you chose for it. How often you are asked is known to the program alone.")
ABOUT_EACH = _("Those you chose, line by line")
ABOUT_NOBODY = _("Nobody; only the program uses it")
ABOUT_OWN = _("Your own choice, in months")
ABOUT_NEXT = _("Asked next around")
ABOUT_DAY = _("Day")
ABOUT_KIND = _("Kind")

# How often
OFTEN_TITLE = _("How often shall we ask?")
OFTEN_NOW = plural("Every month at the moment.", "Every {count} months at the moment.")
OFTEN_NEXT = _("Next time: around {month}.")
EVERY = plural("Every month", "Every {count} months")
PAUSED_NOW = _("You are taking a break until {day}.")
PAUSED_OPEN = _("You are taking a break.")

# The digest
DIGEST_SUMMARY = _("The digest is here")
DIGEST_TITLE = _("News from everyone, {day}")
DIGEST_NAME = _("News from everyone")
DIGEST_WHY = _("you read your community's news here")
DIGEST_EMPTY = _("Everything in this digest has been withdrawn.")
DIGEST_NONE = _("There is no digest yet.")
DIGEST_MORE = plural("Read {count} more", "Read {count} more")
DIGEST_MINE = _("Read in my language")
DIGEST_FOOT = _("👏 is counted only. With “I'd like to meet” your name reaches the author, and nobody else.")
BY = _("{name}, {about}")
SOMEBODY = _("A member")
CONGRATS = _("Congratulations 👏")
MEET = _("I'd like to meet")
CHEERED = _("We will pass it on in a few days.")
CHEER_NAMELESS = _(
    "Other members do not see you at the moment, so your name does not reach the author. Change it within three days, and it does: /enishi visible"
)
CHEER_TAKEN_BACK = _("Taken back.")
CHEER_UNDO = _("Take it back")
CHEER_OWN = _("This is your own. Others will be glad to read it.")
CHEER_LATE = _("It has reached them already.")
LINK = _("Open the link")

# What reaches the author
SUMMARY_SUMMARY = _("A kind word for you")
SUMMARY_TITLE = _("Your news was read")
SUMMARY_WHY = _("somebody reacted to what you wrote")
SUMMARY_CONGRATS = plural("{count} person sends congratulations.", "{count} people send congratulations.")
SUMMARY_AT_LEAST = plural(
    "At least {count} person sends congratulations.", "At least {count} people send congratulations."
)
SUMMARY_SOME = _("There are congratulations for you.")
SUMMARY_MEET = _("Would like to meet you: {names}")

# The desk
DESK_TITLE = _("Check-ins")
DESK_CADENCE = _("Asked")
DESK_CHANNEL = _("Digest goes to")
DESK_CHANNEL_NONE = _("home pages only")
DESK_CHANNEL_HERE = _("this channel")
DESK_CHANNEL_BOARD = _("the board on the portal")
DESK_CHANNEL_KEPT = _("the channel chosen before")
DESK_CHANNEL_ROOM = _("a channel")
DESK_RHYTHM = _("Digest")
DESK_NEXT = _("Next digest")
DESK_PAUSED = _("All check-ins are paused.")
DESK_SET = _("Change settings")
DESK_PREVIEW = _("Preview")
DESK_TEST = _("Send me a test")
DESK_PAUSE = _("Pause all")
DESK_RESUME = _("Resume all")
SAVE = _("Save")
DESK_MAILBOX = _("To the secretariat")
MAILBOX_TITLE = _("What members wrote to the secretariat")
MAILBOX_NONE = _("Nobody has written to the secretariat yet.")
MAILBOX_NOTE = _("Only the secretariat sees this. Please pass nothing on without asking its author.")
MAILBOX_OLDER = _("Older ones")
DESK_SAVED = _("Saved.")
DESK_INVITE = _("Please invite the bot to that channel, so that it can post there.")
DESK_TESTED = _("A test is on its way to you.")
DESK_NO_TEST = _("We have no address to send a test to.")
DESK_PAUSED_NOW = _("Paused. Nobody is asked and no digest goes out until you resume.")
DESK_RESUMED_NOW = _("Resumed.")
RHYTHMS = {
    "weekly": _("Every week"),
    "fortnightly": _("Every two weeks"),
    "monthly": _("Once a month, in the first week"),
}
RHYTHM_AT = _("{rhythm}, {weekday}, {hour}:00")
WEEKDAY = _("Day of the digest")
HOUR = _("Hour of the digest")
HOUR_HINT = _("0 to 23, in {zone}")
BAD_HOUR = _("Please give a whole hour from 0 to 23.")
PREVIEW_TITLE = _("If the digest went out now")
PREVIEW_ENTRIES = _("Answers in it")
PREVIEW_MEMBERS = _("Members")
PREVIEW_BREAK = _("Taking a break")
PREVIEW_ASKED = _("Asked in the next 7 days")
PREVIEW_PROMPTS = _("If those were asked now")
PREVIEW_NOTE = _("Only counts are shown here; the words appear when the digest goes out.")

# Commands
UPDATE = _("Tell what's new, in one line")
MINE_COMMAND = _("See, change or withdraw what you wrote")
OFTEN_COMMAND = _("How often we ask, and taking a break")
DIGEST_COMMAND = _("Read the latest digest")
DESK_COMMAND = _("Cadence, channel, digest, preview, test")

# The home page
HOME_LAST = _("You, {day}")
HOME_NONE = _("Tell the others what you are up to; one line is plenty.")
HOME_DIGEST = _("Read the latest digest")
