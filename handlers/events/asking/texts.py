"""Sentences of asking an event without a name, and of what is promised to whoever does."""

from bot.language import mark as _
from bot.language import plural

# On the event's card
BELOW = _("You can put a question to this event without your name.")
ASK = _("Ask without a name")
READ = _("Read the questions")
BACK_EVENT = _("Back to the event")

# What is promised.  docs/events and docs/privacy say the same; a change of one is a change of all.
PROMISE = _(
    "Your question is sealed when you send it. Nothing about you is stored with it: no name, no account, no time. What was asked is opened several at once and shuffled: every day at 18:00, an hour before it begins, and every 15 minutes while it goes on. After the event the key is destroyed, and what was not opened is deleted unread."
)
READERS = _("Who reads it first")
READERS_NAMED = _("{names}, and the secretariat")
READERS_PLAIN = _("the organisers and the secretariat")
READERS_DO = _("What they may do")
READERS_DO_VALUE = _("publish it, merge it with others, black out words, or set it aside; members then read and vote")
NEXT = _("Opened at the earliest")
CANNOT = _(
    "What we cannot promise: while you send it, {platform} and our program handle it together with your account. Until it is opened the key lies on our server. What you write, and how, may tell who you are; where few ask, or come, so may that."
)
PLATFORM_PAGE = _("your browser")

# The form
TITLE = _("Ask without a name")
WORDS = _("Your question")
WORDS_HINT = _("Up to {most} characters. Please leave out who, when and where, unless you want it known.")
SEND = _("Send, sealed")
EMPTY = _("Please write your question.")
TOO_LONG = _("Please use at most {most} characters.")
ENOUGH = _("You have asked {most} questions here, which is as many as one person may. Thank you for all of them.")

# Taken
TAKEN_SUMMARY = _("Received")
TAKEN = _("Your question is sealed.")
TAKEN_CODE = _("Your code, shown this once. Please note it down where nobody else looks")
TAKEN_WHY = _(
    "It is opened {when} at the earliest, together with others. Until then this code takes it back; afterwards nobody can find it any more, not even you."
)
TAKE_BACK = _("Take a question back")
CODE = _("The code you were shown when you asked")
CODE_HINT = _("16 letters and digits; blanks, dashes and small letters make no difference.")
CODE_SEND = _("Take it back")
CODE_UNKNOWN = _("No sealed question here has this code. It may be mistyped, or the question has been opened already.")
TAKEN_BACK = _("The question was taken back. Nobody has read it.")

# Not taken
CLOSED = _("No questions are asked here now. Please speak to the organisers, or to the secretariat.")
TOO_LATE = _("Questions are opened no more before the end, so yours would never be read. Please ask it in the room.")
NO_KEY = _(
    "The key of these questions is missing, so none can be taken; nothing was stored. Please tell the secretariat."
)

# The questions
QUESTIONS = _("Questions")
QUESTIONS_OF = _("Questions: {title}")
NONE = _("Nothing has been published yet.")
NUMBERED = _("{number}. {words}")
FEW = _("fewer than {count} want this answered")
WANTED = plural("{count} person wants this answered", "{count} people want this answered")
ANSWERED = _("It has been answered.")
WANT = _("I want {number} answered, too")
UNWANT = _("Take it back: {number}")
MINE = _("You want this answered.")
FOOT = _("Who asked, nobody knows. Who wants what is kept under a mark until the event is over; then a number is left.")
MORE = _("More")
GONE = _("This question is not there any more.")
PAST = _("Questions that were answered")

# The command
WHICH = _("To which event?")
WHICH_NONE = _("No event takes questions at the moment.")
NOT_HERE = _("Please do not type a question here: this chat keeps what is typed. Press the event, then “{ask}”.")

# What is kept about a member
EXPORT = _("Questions at events that you want answered")
EXPORT_SEEN = _(
    "Nobody; it is deleted when the event is over. What you asked yourself cannot be found: nothing says that it was you."
)
EXPORT_WORDS = _("Question")
