"""Every sentence of the results of sealed surveys."""

from bot.language import mark as _
from bot.language import plural
from storage.tally import OTHER, PREFER_NOT, WHOLE

# Names of things
UNTITLED = _("(no title)")
NAMED = _("{title} ({month})")
GROUPS = {WHOLE: _("Everybody"), PREFER_NOT: _("Group not told"), OTHER: _("Other groups")}
QUESTION = _("{number}. {question}")

# Shares, read aloud
SHARE = _("{percent}%")
SHARE_MOST = _("{percent}% or less")
SHARE_LEAST = _("{percent}% or more")
SHARE_NONE = _("not shown")
ALT_ONE = _("{label}: {share}")
ALT_BOTH = _("{label}: before {before}, now {after}")
ALT_BETWEEN = _("; ")
MIDDLE = _("The middle answer is {step}: half of those who answered chose this or less, half this or more.")
MIDDLE_BETWEEN = _(
    "The middle answer lies between {low} and {high}: half chose less or the same, half more or the same."
)

# The change
MOVED = _("{label} ({change})")
SAME = _("±0")
MORE = _("+{points} points")
LESS = _("−{points} points")
MUCH_MORE = _("+{points} points or more")
MUCH_LESS = _("−{points} points or more")
CHANGE = _("Change since {title}")
CHANGE_BUTTON = _("Change since last time")
CHANGE_HOW = _(
    "Only what was shown both times is compared, for everybody together. Shares are rounded, so a change of 10 points may be a small one; where a bound leaves it open, none is given."
)
CHANGE_BOTH = _("{before} answered then, {after} now.")

# The results
TITLE = _("Survey results")
ANSWERED = _("{counted} of {asked} people who were asked")
FACT_ANSWERED = _("Answered")
FACT_DAYS = _("Open for answers")
DAYS = _("{first} to {last}")
FACT_SEEN = _("Seen by")
SEEN_DESK = _("the secretariat; members not yet")
SEEN_ALL = _("everybody since {day}")
FACT_MARK = _("Mark")
HOW = _(
    "All shares are rounded to tens. A pale end means “at most” or “at least”: nobody's answer can be told from the edges. Groups too small to be shown are put together as “other groups”, or not shown."
)
HOW_ALONE = _(
    "All shares are rounded to tens. A pale end means “at most” or “at least”: nobody's answer can be told from the edges."
)
SEVERAL = _("Several answers were possible.")
TEXTS_FEW = _("Fewer than {k} people answered, so what was written was not kept, as promised.")
TEXTS_NONE = _("Nobody wrote anything here.")
TEXTS_FORGOTTEN = _("What was written is kept for a year, and is deleted by now.")
TEXTS_ORDER = _("Shuffled, for each question by itself. {first} to {last} of {total}.")
PAGE = _("Page {page} of {pages}")
NEXT = _("Next page")
PREVIOUS = _("Previous page")
OVERVIEW = _("Overview")
BEGIN = _("Look at the answers")
LIST_BACK = _("All surveys")
NOT_THERE = _("There are no results of this survey.")
NONE_DESK = _("No survey has closed yet. Results come the morning after a survey's last day.")
LIST_ROW = _("{day}: {counted} of {asked} answered")
LIST_OLDER = _("Older ones")

# Void
VOID_FEW = _(
    "Fewer than {k} people answered “{title}”. All answers were destroyed unread, as promised, and nobody knows what they said. That may have many reasons, and it is nobody's fault."
)
VOID_LATE = _(
    "“{title}” could not be opened in time, so all answers were destroyed unread, as promised. We are sorry about the time you gave."
)
VOID_STOPPED = _(
    "The secretariat ended “{title}” early. All answers were destroyed unread, as promised. We are sorry about the time you gave."
)
VOID_DESK = _("You can ask again, with fewer questions or a longer time; those who answered will have to answer anew.")

# Files
CSV = _("As a table (CSV)")
XLSX = _("As a table (Excel)")
FILE_READY = _("The link opens once, within ten minutes.")
FILE_LINK = _("Save the file")
FILE_NO_PORTAL = _("Files need the portal, which is not set up here. Please ask whoever runs this server.")
FILE_NAME = _("survey-results")
COLUMNS = (_("No."), _("Question"), _("Group"), _("Option or text"), _("Share (%)"))
SHEET_FIGURES = _("Shares")
SHEET_TEXTS = _("Texts")

# Blacking out
REDACT = _("Black out {number}")
REDACT_TITLE = _("Black out words")
REDACT_HOW = _(
    "What you name here is replaced by ■■■ before members see the text. Nothing can be added or reworded, and it cannot be undone."
)
REDACT_PARTS = _("Words to black out, one part a line, exactly as they stand in the text")
REDACT_WHOLE = _("Take the whole text away")
REDACT_SEND = _("Black out")
REDACT_NOT_THERE = _("“{part}” does not stand in the text.")
REDACT_NOTHING = _("Please write what to black out, or tick that the whole text goes.")
REDACT_DONE = _("Done. Members will read it like this.")
REDACT_GONE = _("This text cannot be changed: members see it already, or it is gone.")

# Ideas
IDEA_EVENT = _("{number} → event idea")
IDEA_PROJECT = _("{number} → project idea")
IDEA_OPTION = _("Keep an option as an idea")
IDEA_WHICH = _("Which option")
IDEA_WHAT = _("What may become of it")
IDEA_KINDS = {"event": _("An event"), "project": _("A project")}
IDEA_SEND = _("Save")
IDEA_WRONG = _("Please choose one of these.")
IDEA_KEPT = {
    "event": _("Kept as an idea for an event. Nothing says whose it was."),
    "project": _("Kept as an idea for a project. Nothing says whose it was."),
}
IDEAS_BUTTON = _("Ideas kept")
IDEAS_TITLE = _("Ideas from surveys")
IDEAS_NONE = _("No idea is kept. Beside each text of a result there is a button that keeps it.")
IDEAS_WHAT = _(
    "They wait here for a year at most, until an event or a project is made of them. Nothing says whose they were."
)
IDEA_ROW = _("{number}. {kind}, kept on {day}")
IDEA_DROP = _("Drop {number}")
IDEA_DROP_SURE = _("Drop this idea? It cannot be brought back.")
IDEA_DROPPED = _("Dropped.")

# Showing them to members
SHARE_BUTTON = _("Show to members")
SHARE_TITLE = _("Show the results to members")
SHARE_HOW = _(
    "Every member can see the same charts from then on, and the texts as they stand now. It cannot be taken back, and no text can be blacked out any more."
)
SHARE_READ = plural(
    "One text goes with them: please make sure that it names nobody.",
    "{count} texts go with them: please make sure that they name nobody.",
)
SHARE_TOLD = _("Each member gets one message, within the limits of what we send.")
SHARE_CHANNEL = _("Also tell it in")
SHARE_CHANNELS = {
    "digest": _("Where the digest goes"),
    "here": _("This channel"),
    "board": _("The portal's board"),
    "none": _("No channel"),
}
SHARE_WRONG = _("Please choose one of these.")
SHARE_SEND = _("Show to members")
SHARE_DONE = _("Members can see the results now. Each gets one message.")
SHARE_ALREADY = _("Members see these results already.")

# For members
MEMBERS_NONE = _("There are no results to see yet. They are told here when a survey has ended.")
MEMBERS_HOW = _("Nobody, the secretariat included, can tell from these who answered what.")
SEE = _("See the results")
HOME_TITLE = _("Survey results")
HOME_NEW = _("{title}: {counted} people answered.")
LOG_TITLE = _("What the secretariat did with this survey")

# Messages
DESK_TITLE = _("Surveys that have closed")
DESK_LINE = _("“{title}” is counted: {counted} of {asked} answered. Members have not seen it yet.")
TOLD_DESK = _("“{title}” has closed and is counted. {counted} of {asked} people answered.")
TOLD_NEXT = _("Please look at the results first, black out what could name somebody, and then show them to members.")
TOLD_MEMBERS = _("The results of “{title}” are here. {counted} people answered; thank you to everybody who did.")
NOTE = _("A note from Enishi")
MANNER_DESK = _("A survey has closed")
MANNER_DESK_WHY = _("you look after what is asked and written in this community")
MANNER_SHARED = _("Results of a survey")
MANNER_SHARED_WHY = _("a survey of this community has results, and they are for everybody")
MANNER_VOID = _("A survey ended without results")
MANNER_VOID_WHY = _("you were asked in this survey")

AUDITED = {
    "survey.viewed": _("looked at the results of a survey"),
    "survey.taken": _("took along the results of a survey as a file"),
}
