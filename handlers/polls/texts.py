"""Every sentence of named polls."""

from bot.language import mark as _
from bot.language import plural
from handlers.polls.rules import Fault
from storage.polls import Letters, Names

# What everybody sees
SUMMARY = _("A named poll")  # on lock screens: says nothing
SUMMARY_RESULT = _("The result of a named poll")
KIND = _("Named poll")
NAMES = {
    Names.EVERYBODY: _("With your answer your name is shown to everybody here"),
    Names.ORGANISER: _("With your answer your name is shown to {name} alone, who asks"),
}
NAMES_NOBODY = _("With your answer your name was to be shown to whoever asked, and they have left: nobody sees it")
SOMEBODY = _("whoever asks")
LAST_DAY = _("Open until")
CHOOSE = _("Choose")
ONE = _("one")
SEVERAL = _("as many as you like")
MINE = _("Your answer")
SO_FAR = plural("{count} person has answered so far.", "{count} people have answered so far.")
SO_FAR_FEW = _("Answers so far: {count}.")
NONE_YET = _("Nobody has answered yet.")
MORE = plural("and {count} other person", "and {count} others")
JOINT = _(", ")
ANSWER = _("Give my answer")
CHANGE = _("Change my answer")
WITHDRAW = _("Take my answer back")
WITHDRAW_SURE = _("Take your answer back? You can answer again until the last day is over.")
WHO = _("Who chose what")
SEE = _("See the poll")

# Somebody whom others do not see
HIDDEN = _(
    "They do not see you at the moment, so your name is shown to nobody. Your answer is counted where at least {count} people chose the same, so that nobody can guess."
)
ASK_FIRST = _("This is a named poll, and those who see its names do not see you at the moment.")
ASK_FIRST_HOW = _(
    "If you answer, your name is shown to nobody, and your answer is counted where at least {count} people chose the same. To answer with your name, first change who sees you: /enishi visible"
)
SURE = _("Answer without my name")
SURE_HINT = _("Your name is shown to nobody. Please tick this, so that nothing happens by accident.")
SURE_NEEDED = _("Please tick this first, or close the form.")

# After the tap
TAKEN = _("Thank you. You can change it until the last day is over.")
WITHDRAWN = _("Your answer is taken back, and your name is gone from the poll.")
NOTHING_TO_WITHDRAW = _("There is no answer of yours in this poll.")
OVER = _("This poll is over and takes no more answers.")
GONE = _("This poll does not exist any more.")
PICK_ONE = _("Please choose at least one.")
FORM_TITLE = _("Your answer")
SEND = _("Send")

# The result
RESULT = _("How it ended")
RESULT_ALT = _("{people} answered. Most of them chose “{option}”: {count}.")
RESULT_ALT_NONE = _("Nobody answered.")
RESULT_PEOPLE = plural("{count} person answered.", "{count} people answered.")
RESULT_FEW = _("Answers: {count}.")
NAMES_GONE = _("Names are deleted {count} days after the close; the counts stay.")
CLOSED_HERE = _("This poll is closed. Thank you to everybody who answered.")
WHO_TITLE = _("Who chose what")
WHO_NOT = _("In this poll the names are shown to whoever asks, and to nobody else.")
WHO_FOOT = _("Whoever is not seen by you has no name here.")
WHO_NEXT = _("Next option")

# The list
MINE_TITLE = _("Named polls")
MINE_NONE = _("There is no named poll at the moment.")
MINE_OPEN = _("Until {day}: {question}")
MINE_CLOSED = _("Closed: {question}")

# Letters
LETTER_NAME = _("Named polls")
LETTER_WHY = _("your community would like to know who comes, or which date suits you")
REMINDER = _("A short reminder: this poll ends tomorrow. If it is not for you, simply leave it.")
REMINDER_NAME = _("Reminders of named polls")
REMINDER_WHY = _("a named poll ends soon, and there is no answer of yours yet; it comes once")
RESULT_NAME = _("Results of named polls")
RESULT_WHY = _("you asked this poll")

# The desk
COMMAND = _("Named polls: answer, change, see results")
DESK_COMMAND = _("Named polls: ask who comes, or which date")
DESK_TITLE = _("Named polls")
DESK_NONE = _("There is no named poll yet.")
DESK_NEW = _("Ask something")
DESK_DRAFT = _("Draft: {question}")
DESK_LOOK = _("Open")
NEW_TITLE = _("A named poll")
NEW_NOTE = _(
    "Whoever answers is named. Ask here who comes or which date; nothing that somebody might rather keep quiet."
)
QUESTION = _("Question")
OPTIONS = _("Options, one a line")
OPTIONS_HINT = _("2 to 10, each up to {max} characters.")
SEVERAL_TICK = _("Several may be chosen")
LAST_DAY_HINT = _("Such as {example}; it ends when that day is over in {zone}.")
NAMES_FIELD = _("Who sees the names?")
NAMES_HINT = _("Stays as it is once the poll is published.")
NAMES_CHOICE = {Names.EVERYBODY: _("Everybody here"), Names.ORGANISER: _("I alone")}
CHANNEL = _("Post it in")
CHANNELS = {
    "keep": _("the channel chosen before"),
    "here": _("this channel"),
    "home": _("the community's channel"),
    "board": _("the board on the portal"),
    "none": _("no channel"),
}
LETTERS = _("Write to members?")
LETTERS_CHOICE = {
    Letters.NONE: _("No letters"),
    Letters.ONCE: _("Yes, once"),
    Letters.REMIND: _("Yes, and once more those who have not answered"),
}
SAVE = _("Look at it first")
BAD_QUESTION = _("Please write a question, up to {max} characters.")
BAD_OPTIONS = {
    Fault.FEW: _("Please give at least two options, one a line."),
    Fault.MANY: _("That are too many options; ten is the most."),
    Fault.LONG: _("One option is too long; please keep each to {max} characters."),
    Fault.TWICE: _("Two options are the same; please make them different."),
}
BAD_SPAN = _("Please give a day from today to {day}.")
BAD_CHOICE = _("Please choose one.")
NOWHERE = _("Please choose a channel, or write to members: else nobody would hear of it.")

PREVIEW = _("This is how it will look. Nothing of it can be changed once it is published.")
PREVIEW_POSTED = _("Posted in")
PREVIEW_LETTERS = _("Members are written to")
PREVIEW_EFFECT = _("If it is sent now")
PUBLISH = _("Publish")
PUBLISH_SURE = _("Publish it now? Question, options, last day and who sees the names then stay as they are.")
EDIT = _("Change")
DISCARD = _("Discard")
DISCARD_SURE = _("Throw this draft away?")
DISCARDED = _("The draft is gone.")
PUBLISHED = _("Published. It ends by itself when the last day is over.")
CLOSE = _("Close now")
CLOSE_SURE = _("Close this poll now? It then takes no more answers.")
CLOSED = _("Closed.")
NOT_YOURS = _("Whoever asked, or the secretariat, can do this.")
INVITE = _("Please invite the bot to that channel, so that it can post there.")

AUDITED = {
    "poll.published": _("published a named poll"),
    "poll.closed": _("closed a named poll before its last day"),
    "poll.discarded": _("discarded the draft of a named poll"),
}

# What is kept about a member
ABOUT_TITLE = _("Named polls")
ABOUT_COUNT = plural("{count} answer with your name", "{count} answers with your name")
ABOUT_ANSWERS = _("Your answers")
ABOUT_ORGANISED = _("Polls you asked")
ABOUT_SEEN = _(
    "As each poll says: everybody here, or whoever asked. Your name is deleted {count} days after a poll ends."
)
ABOUT_QUESTION = _("Question")
ABOUT_PICKED = _("What you answered")
ABOUT_UNTIL = _("Last day")
