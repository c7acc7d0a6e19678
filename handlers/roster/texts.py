"""Every sentence of the roster."""

from bot.language import mark as _
from bot.language import plural

# Commands
IMPORT_COMMAND = _("Bring in a roster from Excel or CSV")
ROSTER_COMMAND = _("Who is on the roster, the imports, and finding somebody")
BAR_COMMAND = _("Whom not to invite")

# Choosing a file
IMPORT_TITLE = _("Bring in a roster")
IMPORT_WHAT = _("First you see what would happen to each row. Nothing is stored on the roster until you confirm.")
IMPORT_NOBODY = _("Nobody is contacted by an import.")
FILE = _("The file")
FILE_HINT = _(
    "CSV or Excel (.xlsx), up to {megabytes} MB and {rows} rows. It waits encrypted for you alone, and is deleted after an hour."
)
FILE_READ = _("Read the file")
FILE_HERE = _(
    "A file cannot be sent here. Please open your own page with the button, then go to the secretariat's desk and choose “Bring in a roster”."
)
FILE_NOWHERE = _(
    "A file cannot be sent here, and the web pages are not switched on. Please ask whoever runs Enishi to use: app.py import"
)
OPEN_PAGE = _("Open my page")
FILE_AGAIN = _("Choose another file")
FILE_GONE = _("The file is no longer here: it is deleted after an hour. Please send it again.")

# While it is read or imported
READING = plural("The file is being read: {count} row so far.", "The file is being read: {count} rows so far.")
IMPORTING = plural("The import is under way: {count} row so far.", "The import is under way: {count} rows so far.")
MOMENT = _("This takes a moment. You can close this page and come back.")
LOOK = _("See how far it is")
BUSY = _("Another import of this roster is under way. Please try again in two minutes.")

# Files that cannot be read
TROUBLES = {
    "empty": _("There is nothing in this file. Please choose the file with the roster."),
    "kind": _("This is neither CSV nor an Excel workbook. Please save the roster as .xlsx or CSV and send it again."),
    "old": _("This is a workbook of the old kind (.xls). Please save it as .xlsx and send it again."),
    "locked": _("This workbook asks for a password. Please save it without one and send it again."),
    "broken": _("This workbook is damaged and cannot be read. Please open it in Excel, save it anew and send that."),
    "too_large": _(
        "This file is too large when it is unpacked. Please keep only the sheet with the roster and send it again."
    ),
    "too_long": _("This file has more than {rows} rows. Please split it and send the parts one after the other."),
    "too_wide": _("This file has more than {columns} columns. Please keep those that matter and send it again."),
    "quotes": _(
        "A quotation mark is never closed near row {row}, so the rows cannot be told apart. Please correct it there and send the file again."
    ),
}

# The dry run
DRY_TITLE = _("What would happen: {name}")
DRY_SUMMARY = _("What an import would do")
DRY_NOTHING = _("Nothing has been stored on the roster yet.")
ROWS = _("Rows")
NEW = _("New")
KNOWN = _("Already on the roster, stay as they are")
BARRED = _("On the do-not-invite list, left out")
BAD = _("Cannot be taken")
KIND = _("File")
NOTES = {
    "merged": _("The sheet has merged cells. Each of their rows was given the value; please check a few."),
    "formulas": _("The sheet has formulas. What was read is the result that was last saved."),
    "sheets": _("The workbook has several sheets. Only the first one with content was read."),
}
COLUMNS = _("How the columns were read")
COLUMNS_RIGHT = _("If this is not right, please change it before you confirm.")

COLUMN_NAMED = _("{label} (column {letter})")
COLUMN_SAMPLE = _("Column {letter}: {sample}")
COLUMN_NONE = _("Not in this file")
COLUMNS_CHANGE = _("Change the columns")
COLUMNS_TITLE = _("Which column is which?")
COLUMNS_UNSURE = _("No row with headings was found, so this is guessed from the cells. Please check it.")
COLUMNS_INCOMPLETE = _("The column with the names was not recognised. Please say which one it is.")
COLUMNS_MANY = plural("Only the first {count} column can be chosen.", "Only the first {count} columns can be chosen.")
COLUMNS_SAVE = _("Read it like this")
COLUMNS_TWICE = _("Two fields cannot be in one column. Please choose another for one of them.")
COLUMNS_NAME = _("Please choose the column with the names, or the one with the family names.")
FIELDS = {
    "name": _("Name"),
    "family": _("Family name"),
    "given": _("Given name"),
    "reading": _("Reading"),
    "family_reading": _("Family name, reading"),
    "given_reading": _("Given name, reading"),
    "mail": _("Mail address"),
    "number": _("Employee number"),
    "left": _("Leaving date"),
    "department": _("Department"),
    "tags": _("Tags"),
    "language": _("Language"),
}
BAD_FIRST = plural("{count} row cannot be taken:", "{count} rows cannot be taken, the first of them:")
BAD_ROW = _("Row {row}: {reason}")
FAULTS = {
    "broken": _(
        "some characters cannot be read, as this row is in another encoding than the rest. Please type it again."
    ),
    "formula": _("a cell holds a formula. Please paste its value."),
    "name_missing": _("there is no name. Please add it."),
    "name_long": _("the name or its reading is longer than {name} characters. Please shorten it."),
    "mail": _("this is not a mail address. Please correct it, or leave the cell empty."),
    "number": _("the employee number is longer than {number} characters. Please correct it."),
    "left": _(
        "the leaving date cannot be read, or is not in a year that can be right. Please write it like 2021/4/1 or 令和3年4月1日."
    ),
    "department": _("the department is longer than {department} characters. Please shorten it."),
    "tags": _(
        "there are more than {tags} tags, or one is longer than {tag} characters. Please keep the important ones."
    ),
    "language": _("the language is neither ja nor en. Please correct it, or leave the cell empty."),
    "long": _("there is too much text in this row. Please shorten the department or the tags."),
    "same_mail": _("row {other} has the same mail address. Please keep one of the two."),
    "same_number": _("row {other} has the same employee number. Please keep one of the two."),
    "same_name": _(
        "row {other} has the same name, and nothing tells the two apart. Please add a mail address or employee number to both, or keep one."
    ),
}
CORRECT = _("Download the rows to correct")
CORRECT_HOW = _(
    "The file keeps your columns and adds the reason. Correct it and bring it in; the rest is not needed again."
)
CORRECT_FILE = _("roster-to-correct.csv")
CORRECT_REASON = _("Reason")
CORRECT_NONE = _("There are no rows to correct.")
CORRECT_READY = _("The file is ready. The link opens once, within ten minutes.")
CORRECT_OPEN = _("Get the file")
CORRECT_NOWHERE = _("Files are given out on the web pages, which are not switched on. Please ask whoever runs Enishi.")
EACH_ROW = _("See each row")
EACH_TITLE = _("Rows {first} to {last} of {all}")
EACH_LINE = _("{row}: {name}, {verdict}")
EACH_MORE = _("The next rows")
EACH_BACK = _("Back to the overview")
VERDICTS = {"new": _("new"), "known": _("known"), "barred": _("do not invite"), "bad": _("cannot be taken")}
NAMES_ELSEWHERE = _(
    "Names are not shown in a chat, which can be exported. You find them on your own page: /enishi portal"
)
CONFIRM = plural("Bring in {count} person", "Bring in {count} people")
CONFIRM_SURE = plural(
    "Put {count} person on the roster? Nobody is contacted, and it can be taken back until the first invitation goes out.",
    "Put {count} people on the roster? Nobody is contacted, and it can be taken back until the first invitation goes out.",
)
NOTHING_NEW = _("There is nobody new in this file, so there is nothing to bring in.")
DROP = _("Forget this file")
DROPPED = _("The file is deleted. Nothing was brought in.")

# Afterwards
DONE_TITLE = plural("{count} person is on the roster now.", "{count} people are on the roster now.")
DONE_NONE = _("Everybody in this file was on the roster already, or must not be invited. Nothing has changed.")
DONE_NEXT = _("Nobody has been contacted.")
UNDO = _("Take this import back")
UNDO_SURE = plural(
    "Take {count} person off the roster again?", "Take {count} people of this import off the roster again?"
)
UNDONE = plural("{count} person was taken off the roster.", "{count} people were taken off the roster.")
UNDO_LATE = _("This import cannot be taken back any more: an invitation has gone out, or it was taken back already.")

# The roster
ROSTER_TITLE = _("The roster")
ROSTER_EMPTY = _("Nobody is on the roster yet.")
STATES = {"imported": _("Imported, not contacted"), "invited": _("Invited"), "joined": _("Joined")}
ROSTER_HIDDEN = _("Who of them has joined is not shown here, and not stored on the roster.")
BATCHES = _("Imports, newest first")
BATCH = plural("{day}: {count} person", "{day}: {count} people")
BATCH_CLOSED = plural(
    "{day}: {count} person, invitations have gone out", "{day}: {count} people, invitations have gone out"
)
BATCH_UNDO = _("Take back {day}")
SEARCH = _("Find somebody")
SEARCH_TITLE = _("Find somebody on the roster")
SEARCH_WORDS = _("Name, reading or mail address, or a part of it")
SEARCH_GO = _("Find")
SEARCH_EMPTY = _("Please write at least one character.")
SEARCH_NONE = _("Nobody on the roster fits “{words}”.")
SEARCH_FOUND = _("On the roster for “{words}”")
SEARCH_MORE = _("There are more; please write a little more of the name.")
SEARCH_SLOW = _("The search takes longer than usual. Please ask once more in a moment.")
LEFT_IN = _("left in {year}")
IS_BARRED = _("on the do-not-invite list")

# Do not invite
BAR_TITLE = _("Whom not to invite")
BAR_WHAT = _(
    "Nobody on this list is brought in by an import or invited. Why is written nowhere, and only owners see this list."
)
BAR_KEEPER = _("The do-not-invite list is kept by the owners of the community. Please ask one of them.")
BAR_NONE = _("Nobody is on the list.")
BAR_ADD = _("Add somebody")
BAR_NAME = _("Name")
BAR_READING = _("Reading, if you know it")
BAR_MAIL = _("Mail address, if you know it")
BAR_LEFT = _("Year of leaving, if you know it")
BAR_HINT = _("A namesake with another reading or year of leaving can still be invited.")
BAR_SAVE = _("Put on the list")
BAR_NEEDED = _("Please give a name or a mail address.")
BAR_MAIL_WRONG = _("This is not a mail address. Please correct it, or leave it empty.")
BAR_LEFT_WRONG = _("Please give a year like 2021, or leave it empty.")
BAR_DONE = _("On the list. Nobody has been told.")
BAR_ONE = _("Do not invite {name}")
BAR_SURE = _("Put {name} on the do-not-invite list? Imports and invitations leave them out from now on.")
UNBAR = _("Take {name} off the list")
UNBAR_SURE = _("Take {name} off the list? They can be brought in and invited again.")
UNBAR_DONE = _("Off the list.")
GONE = _("This is no longer there.")
LIST_MORE = _("The next ones")

# The desk
DESK_TITLE = _("Roster")
DESK_READ = plural(
    "A file waits for your word: {count} person is new.", "A file waits for your word: {count} people are new."
)
DESK_ASKS = _("A file waits for your word.")
DESK_BAD = plural(
    "{count} row of your last file waits for correction.", "{count} rows of your last file wait for correction."
)
DESK_OPEN = _("Open it")

# The audit
AUDITED = {
    "import.confirmed": _("brought in a roster"),
    "import.undone": _("took an import back"),
    "barred": _("put somebody on the do-not-invite list"),
    "unbarred": _("took somebody off the do-not-invite list"),
}
