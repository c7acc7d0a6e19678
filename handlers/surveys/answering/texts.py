"""Every sentence of answering a sealed survey, and of what is promised to whoever does."""

from bot.language import mark as _
from bot.language import plural

COMMAND = _("Anonymous surveys: answer, change, check")

# What is promised.  The long sentences stand word for word in docs/members/surveys-*.md; a change of one is a change of both.
PROMISE_TITLE = _("What we promise, and what we cannot")
PROMISE_SUMMARY = _("What is promised")
PROMISE = _("What we promise")
PROMISE_TEXT = _(
    "Your answer is sealed when you send it; the secretariat cannot read it before the closing date, nor can anyone who obtains the database or its backups. It is opened once, and only if at least {k} people answered. At the close the keys are destroyed: from then on, nobody can tell from our database, its backups or our logs who wrote what, and we cannot do it for anybody, not even on request. We test this with an attack program at every release. Until the close you may change or withdraw your answer. Your code lets you check that it was counted, not what it said."
)
CANNOT = _("What we cannot promise")
CANNOT_MOMENT = _(
    "While you press “send”, {platform} and our program, run by {operator}, handle your account and your answer together; someone who changed the program or controls the platform could look at that moment."
)
CANNOT_KEY = _(
    "Until the close the key lies on our server, so someone with full control of it could open the box early. If the survey names two people who open it together, nobody can open it without both."
)
CANNOT_KEY_ALONE = _(
    "Until the close the key lies on our server, so someone with full control of it could open the box early."
)
CANNOT_KEY_TWO = _("Until the close nobody can open the box without both {names}.")
CANNOT_REMIND = _(
    "Until the close our program can tell that you answered (to remind the others), and a reminder stays in your chat."
)
CANNOT_STYLE = _(
    "Your device or network may be monitored. What you write, and how, may identify you; if everyone agrees, everyone's answer is known."
)
CANNOT_FEW = _(
    "If fewer than {k} answer, everything is destroyed unread. After the close we cannot find, correct or delete your answer."
)
K_ANY = _("5 (in surveys marked as sensitive, 10)")
OPERATOR = _("whoever runs Enishi for {community}")
OPERATOR_ANY = _("whoever runs Enishi for your community")
PLATFORM_ANY = _("Slack, Teams or your browser")
PLATFORM_PAGE = _("your browser")
PROMISE_MORE = _("To read it for one survey, with its numbers: /enishi survey promise")

# Before the first question
SHORT = _(
    "Your answer is sealed when you send it. It is opened once, after the last day, and only if at least {k} people answered; then the keys are destroyed, and nobody can tell who wrote what. You may change or withdraw it until then."
)
SHORT_CANNOT = _(
    "While you send it, {platform} and our program handle it together with your account. What you write may tell who you are."
)
SHORT_MORE = _("All that we promise, and what we cannot: /enishi survey promise")
READERS = _("Who reads the results")
READERS_USUAL = _("the secretariat, and then members, if it shows them")
AUDIENCE = _("Who is asked")
AUDIENCE_VALUE = plural("{count} person", "{count} people")
OPENED_FROM = _("Opened only if")
OPENED_TEXTS = _("{k} people or more answer; what was written, from {k_text} on")
GROUPS = _("Groups")
GROUPS_NONE = _("none are asked")
LAST_DAY = _("Last day")
LAST_DAY_VALUE = _("{day}, until midnight ({zone})")
MARK = _("Mark")
MARK_VALUE = _("{mark} (the same for everybody: compare it with others)")
TRUSTEES = _("Opened together by")
MAY_SKIP = _("You may leave out any question.")
NO_ANSWER = _("No answer")
PREFER_NOT = _("Prefer not to say")
SEGMENT_HINT = _("Small groups are merged, so that nobody is alone in one.")
SEVERAL_HINT = _("As many as apply. Nothing ticked counts as “no answer”.")
SCALE_HINT = _("From 0 (not at all) to 10 (entirely).")
TEXT_HINT = _(
    "Up to {most} characters. Write as if your boss knew your style: one idea a sentence; no who, when or where unless you want it known."
)
IN_FULL = _("In full: {options}")
AGREE = (
    _("Strongly disagree"),
    _("Disagree"),
    _("Neither agree nor disagree"),
    _("Agree"),
    _("Strongly agree"),
)
SEND = _("Send, sealed")
FORM_SUMMARY = _("A few questions")

# Not sent yet
TOO_LONG = _("Please use at most {most} characters.")
NOT_OFFERED = _("Please choose one of what is offered.")
CHECK_ANSWERS = _("Nothing has been sent yet: please look at what is marked.")

# Taken
TAKEN = _("Your answer is sealed.")
TAKEN_SUMMARY = _("Received")
TAKEN_CODE = _("Your code, shown this once. Please note it down where nobody else looks")
TAKEN_WHY = _(
    "After {day} you can check with /enishi survey check that it was counted. The code says nothing of what you answered, and we cannot show it again."
)
TAKEN_CHANGE = _("If you answer again, the new answer takes the place of this one, and has a code of its own.")
WITHDRAWN = _("Your answer was taken back, and its code counts for nothing any more. You can answer again until {day}.")
NOTHING_THERE = _("There was no answer of yours to take back. You can still answer until {day}.")

# Not taken
CLOSED = _("This survey takes no answers any more, so nothing was changed. Thank you for wanting to answer.")
NOT_ASKED = _(
    "This survey was opened before you became a member, and nobody is added later. You will be asked the next time."
)
NO_KEY = _(
    "The key of this survey is missing, so it cannot take answers just now; nothing was stored. The secretariat knows, and will have it repaired or ask again."
)
CHANGED = _(
    "This survey is not the one that was opened: something of it was changed. So it takes no answers, and nothing was stored. Please tell the secretariat."
)

# Where a chat has not enough room
LONG = _("This survey has more questions than this window can hold. On your own page there is room for all of them.")
LONG_PAGE = _("Open my page")
LONG_NO_PAGE = _(
    "This survey has more questions than this window can hold, and there is no page to answer it on. Please tell the secretariat; nothing was stored."
)
LONG_THERE = _("You will find it there under “{part}”.")

# One's surveys
TITLE = _("Anonymous surveys")
NONE = _("No survey is open to you just now.")
LINE = _("{title} (until {day})")
ANSWER = _("Give an answer")
STAND = _("Where I stand")
STANDS_HERE = _("Whether you have answered is shown in a window of its own, to you alone.")
STANDS_YES = _("An answer of yours is sealed in the box.")
STANDS_NO = _("There is no answer of yours in the box.")
STANDS_AFTER = _(
    "Until {day} you can answer, change it or take it back. Afterwards nobody can tell any more, not even you."
)
CHANGE = _("Answer anew")
CHANGE_WHY = _("The form is always empty, since the box is not opened before the last day is over.")
WITHDRAW = _("Take my answer back")
WITHDRAW_SURE = _("Your answer will be deleted. You can answer again until the last day.")
CHECK = _("Check a code")
PROVE = _("What is stored")
PROMISED = _("What is promised")
BACK = _("All my surveys")
WINDOW = _("This chat keeps what stands in it. Press the button: a window shows it to you alone, and keeps nothing.")

# Checking a code
CHECK_TITLE = _("Was it counted?")
CODE = _("The code you were shown when you answered")
CODE_HINT = _("16 letters and digits; blanks, dashes and small letters make no difference.")
CODE_NEEDED = _("A code has {count} letters and digits. Please look again at what you noted down.")
CHECK_SEND = _("Check")
COUNTED = _("Counted: the answer with this code is among those of “{title}”.")
NOT_COUNTED = _(
    "No counted answer has this code. It may be mistyped, or of an answer that was replaced or taken back, of a survey that was destroyed unread, or closed more than {days} days ago."
)
NOT_YET = _("While a survey is open, nobody can tell. “{title}” can be checked after {day}.")

# What is stored
PROOF_TITLE = _("What is stored of your answer")
PROOF_OF = _("{title}: everything in our database that carries your tag")
PROOF_NONE = _(
    "No survey is open to you just now, and of closed ones nothing of yours can be found: their keys are gone."
)
PROOF_TAG = _("Your tag")
PROOF_TAG_WHAT = _("It stands for you in this survey alone. It is made with a key that is destroyed at the close.")
PROOF_ASKED = _("That you were asked")
PROOF_ASKED_VALUE = _("one row: the survey and your tag, nothing else")
PROOF_BALLOT = _("Your sealed answer")
PROOF_BALLOT_VALUE = _("one row: the survey, your tag and {bytes} sealed bytes, beginning with {start}…")
PROOF_BALLOT_NONE = _("there is none")
PROOF_ELSEWHERE = _("In the table {table}")
PROOF_CHECKS = _("Looked up just now, in the live data")
PROOF_YES = _("holds")
PROOF_NO = _("NO: please tell the secretariat")
PROOF_ONE_SIZE = _("All sealed answers are equally long")
PROOF_COLUMNS = _("An answer has no column for time, number or name")
PROOF_ORDER = _("Nothing but the tags orders the answers")
PROOF_WHOLE = _("The survey is the one that was opened")
PROOF_NOWHERE = _("Your tag stands in no other table")
PROOF_LOST = _("The key of this survey is missing, so nobody can say which rows are yours.")

# Reminders, and the home page
REMINDER_SUMMARY = _("A survey is open")
REMINDER_TITLE = _("“{title}” is open until {day}.")
REMINDER_WHAT = _("If you have answered already, or would rather not, please ignore this. We remind twice at most.")
MANNER = _("A reminder of an anonymous survey")
MANNER_WHY = _("you are one of those a survey asks; who gets a reminder is stored nowhere")
HOME_TITLE = _("Anonymous surveys")
HOME_REMINDER = _("This reminds everybody who was asked. If you have answered, or would rather not, please ignore it.")
