"""Every sentence of writing, opening and stopping a sealed survey."""

from bot.language import mark as _
from bot.language import plural
from handlers.surveys.authoring.files import Wrong
from storage.closing import Held
from storage.questions import Fault, Kind

# --- a new one
NEW = _("A new survey")
NEW_WHAT = _("Choose what to begin with. You can change every word before anybody is asked.")
NEW_EMPTY = _("Begin empty")
NEW_FILE = _("From a file")
NEW_PAST = _("From an earlier survey")
PAST_TITLE = _("Which survey shall it begin with?")
PAST_NONE = _("There is no earlier survey yet.")
TEMPLATES = {
    "psychological_safety": _("Psychological safety, 7 statements"),
    "workplace_climate": _("Climate at work, once a year"),
    "event_feedback": _("After an event, 3 questions"),
    "what_next": _("What should we do next?"),
}
BEGUN = _("This is your draft. Nobody is asked before you open it.")

# --- a file
FILE_TITLE = _("Questions from a file")
FILE_WHAT = _(
    "A YAML or CSV file of up to 100 KB. CSV: one question a line, with the columns kind, ja, en, options_ja and options_en; options are parted by |."
)
FILE_FIELD = _("The file")
FILE_SUBMIT = _("Take the questions")
FILE_GONE = _("The file is not here any more. Please choose it again.")
FILE_READING = _("The file is being read. Please look at the list of surveys in a moment.")
ON_THE_PAGE = _("This is done on your own page of the portal: it takes files and long texts.")
ON_THE_PAGE_OPEN = _("Go to my page")
NO_PAGE = _("This needs the portal, and there is none here. In this chat you can write the questions one by one.")
TEXT_TITLE = _("The whole survey as text")
TEXT_FIELD = _("The survey, in YAML")
TEXT_HINT = _("kind is one of: single, multiple, scale (0 to 10), agree, text.")
TEXT_SUBMIT = _("Save")
IN_LINE = _("Line {line}: {said}")
MORE_WRONG = plural("There is {count} more mistake like this.", "There are {count} more mistakes like these.")
WRONG = {
    Wrong.EMPTY: _("There is nothing in it."),
    Wrong.LARGE: _("It is larger than 100 KB."),
    Wrong.UNREADABLE: _("This is not a text that can be read."),
    Wrong.SYNTAX: _("This cannot be read. Please look at quotation marks, colons and indents up to here."),
    Wrong.ALIAS: _(
        "Signs like &, * and ! with a name have a meaning of their own here; please put the text in quotes."
    ),
    Wrong.DEEP: _("There are too many levels within each other."),
    Wrong.KEY: _("“{word}” has no meaning here."),
    Wrong.TWICE: _("“{word}” is there twice."),
    Wrong.SHAPE: _("Something else is expected here: words, or a list."),
    Wrong.KIND: _("“{word}” is no kind of question. Please write single, multiple, scale, agree or text."),
    Wrong.WORDS: _("This question has no words."),
    Wrong.LONG: _("This is longer than {word} characters."),
    Wrong.OPTIONS: _(
        "Only single and multiple choice have options: 2 to {most} different ones, in both languages as many, of up to {longest} characters."
    ),
    Wrong.LABELS: _("A group needs a question and 2 to {labels} different labels."),
    Wrong.NUMBER: _("“{word}” is not a number that fits here."),
    Wrong.YES_NO: _("Please write true or false."),
    Wrong.HEADER: _("The first line must name the columns: kind, ja, en, options_ja, options_en."),
    Wrong.MANY: _("There are more than {questions} questions."),
    Wrong.NONE: _("There is no question in it."),
}

# --- the draft
LAST_DAY = _("The last day to answer")
LAST_DAY_VALUE = _("{day}, until midnight ({zone})")
READERS = _("Who reads the results")
ANSWERS_NEEDED = _("Opened from so many answers on")
TEXTS_NEEDED = _("Free texts kept from so many answers on")
SENSITIVE = _("Sensitive")
SENSITIVE_YES = _("yes: two trustees open it together")
SENSITIVE_NO = _("no, as usual")
REMINDERS = _("Reminders")
REMIND_ALL = _("to everybody")
REMIND_REST = _("to those who have not answered")
GROUP = _("Group people may name")
GROUP_NONE = _("none")
TRUSTEES = _("Trustees")
TRUSTEES_NONE = _("(not chosen yet)")
PASSPHRASE_THERE = _("{name} (passphrase given)")
PASSPHRASE_MISSING = _("{name} (passphrase still to come)")
SOMEBODY = _("somebody")
BETWEEN = _(", ")
QUESTIONS = _("Questions")
QUESTIONS_NONE = _("There is no question yet.")
QUESTION_LINE = _("{number}. {words} ({kind})")
QUESTIONS_FROM = _("Questions from {number}")
KINDS = {
    Kind.SINGLE: _("one of several"),
    Kind.MULTIPLE: _("several of several"),
    Kind.SCALE: _("0 to 10"),
    Kind.AGREE: _("five steps from disagree to agree"),
    Kind.TEXT: _("free text"),
}
ADD = _("Add a question")
EDIT_WORDS = _("Title and introduction")
EDIT_TERMS = _("Day, readers, limits")
EDIT_GROUP = _("Group")
EDIT_TRUSTEES = _("Choose trustees")
EDIT_TEXT = _("All as text")
PREVIEW_JA = _("Try it in Japanese")
PREVIEW_EN = _("Try it in English")
REVIEW = _("Check and open")
DISCARD = _("Discard this draft")
DISCARD_SURE = _("The draft is deleted. Discard it?")
DISCARDED = _("The draft is gone.")
NOT_A_DRAFT = _("This survey is no draft any more, so nothing of it can be changed.")
BACK = _("Back to the draft")
SAVE = _("Save")
SAVED = _("Saved.")

# --- a question
QUESTION = _("Question {number}")
QUESTION_NEW = _("A new question")
KIND = _("How it is answered")
WORDS_JA = _("Question, in Japanese")
WORDS_EN = _("Question, in English")
ONE_WILL_DO = _("One language will do; with both, everybody reads their own.")
OPTIONS_JA = _("Options in Japanese, one a line")
OPTIONS_EN = _("Options in English, one a line")
OPTIONS_HINT = _("Only for single and multiple choice. “No answer” is always offered beside them.")
LONGEST = _("Most characters of a free text")
CHANGE = _("Change")
UP = _("Move up")
DOWN = _("Move down")
REMOVE = _("Remove")
REMOVE_SURE = _("Remove this question?")
REMOVED = _("The question is gone.")
QUESTION_GONE = _("This question is not there any more.")
FULL = _("A survey has at most {most} questions, so that people answer to the end.")
BAD_EMPTY = _("Please write the question in at least one language.")
BAD_OPTIONS = _("Please write 2 to {most} different options of up to {longest} characters each.")
BAD_LINES = _("Please write as many lines in both languages, in the same order, or leave one language empty.")
BAD_NO_OPTIONS = _("This kind of question has no options of its own. Please leave this empty.")
BAD_LONG = _("Please use at most {most} characters.")
BAD_NUMBER = _("Please write a number from {least} to {most}.")
BAD_CHOICE = _("Please choose one of these.")

# --- title, terms, group
TITLE_JA = _("Title, in Japanese")
TITLE_EN = _("Title, in English")
INTRO_JA = _("Introduction, in Japanese")
INTRO_EN = _("Introduction, in English")
BAD_TITLE = _("Please write a title in at least one language.")
READERS_JA = _("Who reads the results, in Japanese")
READERS_EN = _("Who reads the results, in English")
READERS_HINT = _("People or roles, as members should know them. Everybody reads this before the first question.")
DAY_HINT = _("Like 2026-12-01, or “Friday in two weeks”. It ends at midnight, {zone}.")
BAD_DAY = _("Please choose a day from tomorrow until {day}.")
DAY_SAVED = _("The last day is {day}, until midnight ({zone}).")
K_LABEL = _("How many must answer before anything is opened")
K_HINT = _("Empty: {usual}, and {sensitive} for a sensitive survey. With fewer answers everything is destroyed unread.")
BAD_K = _("Please write a number from {least} on. Fewer people could be guessed.")
SENSITIVE_LABEL = _("This survey is sensitive")
SENSITIVE_HINT = _("At least {k} must answer, and only two trustees together can open it, each with a passphrase.")
EVERYONE_LABEL = _("Remind everybody, not only those who have not answered")
EVERYONE_HINT = _("A reminder stays in a chat's history. Sent to everybody, it tells nothing about anybody.")
GROUP_WHAT = _(
    "At most one group, which people name themselves and may leave out. Results are shown by group only where it is large enough."
)
GROUP_JA = _("Question for the group, in Japanese")
GROUP_EN = _("Question for the group, in English")
LABELS_JA = _("Groups in Japanese, one a line")
LABELS_EN = _("Groups in English, one a line")
LABELS_HINT = _("2 to {most} coarse groups. Leave everything empty for none.")
BAD_LABELS = _("Please write 2 to {most} different groups; one group alone says nothing, and many pick people out.")

# --- trustees
TRUSTEES_WHAT = _(
    "Two people, each with a passphrase that only they know. Nobody can read anything without both. If one of them leaves or forgets the passphrase, everything is destroyed unread."
)
FIRST = _("First trustee")
SECOND = _("Second trustee")
NAME_HINT = _("The name, as it stands in the community")
BAD_SAME = _("Please choose two different people.")
BAD_NAME = _("Nobody of this name can be chosen.")
BAD_SEVERAL = _("Several people are called so. Please choose.")
TRUSTEES_ASKED = _("Both are asked for a passphrase.")
NOT_SENSITIVE = _("Only a sensitive survey has trustees.")
TRUSTEE_NOTE = _("You are asked to be a trustee")
TRUSTEE_ASKED = _(
    "You are asked to be one of the two trustees of the survey “{title}”. Answers can be opened only when both of you type your passphrases after the last day. Your name stands in the promise that members read first."
)
TRUSTEE_CARE = _("Nobody can replace a passphrase. Without it everything is destroyed unread.")
ENTRUST = _("Choose a passphrase")
ENTRUST_AGAIN = _("Choose another passphrase")
PASSPHRASE_TITLE = _("Your passphrase")
PASSPHRASE = _("Passphrase")
PASSPHRASE_AGAIN = _("The same once more")
PASSPHRASE_HINT = _(
    "At least {least} characters; several words are good. Write it down and keep it where only you look."
)
PASSPHRASE_SHORT = _("Please use at least {least} characters.")
PASSPHRASE_LONG = _("Please use at most {most} characters.")
PASSPHRASE_DIFFERENT = _("The two are not the same. Please type both again.")
PASSPHRASE_KEPT = _("Thank you. Only you know this passphrase; please keep it until the survey is opened.")
PASSPHRASE_SOON = _("It is being kept. Look at your home page in a moment.")
NO_TRUSTEE = _("Your passphrase is not needed here (any more).")
UNLOCK_NOTE = _("Your passphrase is needed")
UNLOCK_ASKED = _("The survey “{title}” has ended. It is opened when both trustees have typed their passphrases.")
UNLOCK_UNTIL = _("Until {day}; after that everything is destroyed unread.")
UNLOCK = _("Type my passphrase")
UNLOCK_WRONG = _("This passphrase does not open it. Please look at capital letters and the keyboard's language.")
UNLOCK_DONE = _("Thank you. Both passphrases are there, and the answers will be counted within minutes.")
UNLOCK_ANOTHER = _("Thank you. Now the other trustee's passphrase is needed.")
UNLOCK_SOON = _("It is being checked. Look at your home page in a moment.")
WAITS_FOR = _("Still needed: {names}.")
TRUSTEE_LEFT = _(
    "A trustee has left the community, so this survey can never be opened. It is destroyed unread on {day}, or when you stop it."
)
ABOUT_TRUSTEE = _("You are a trustee of the survey “{title}”. Members who are asked read your name.")

# --- opening
REVIEW_TITLE = _("Before you open it")
FROZEN = _("From the opening on nothing of this can change, not even by us.")
ASKED_COUNT = _("Members who are asked")
COUNT_QUESTIONS = _("Number of questions")
LABELS = _("{words}: {labels}")
MARK_LATER = _("The first 8 signs of its hash are shown after the opening, for members to compare.")
FAULTS_TITLE = _("Before it can be opened")
FAULTS = {
    Fault.UNTITLED: _("It has no title yet."),
    Fault.QUESTIONS: _("It needs 1 to {questions} questions."),
    Fault.TWICE: _("Question {number} stands there twice."),
    Fault.EMPTY: _("Question {number}, or one of its options, has no words."),
    Fault.OPTIONS: _("The options of question {number} do not fit: it needs 2 to {options} different ones."),
    Fault.SEGMENT: _("The group needs 2 to {labels} labels."),
    Fault.FLOOR: _("At least {floor} must have to answer before it is opened; fewer people could be guessed."),
    Fault.AUDIENCE: _(
        "The community has {members} members, and this survey needs at least {least}, so that nobody can be guessed. Lower the number of answers it is opened from, or wait until there are more."
    ),
    Fault.DATE: _("The last day must be from tomorrow until {day}."),
    Fault.TRUSTEES: _("It needs two trustees who are members, each with a passphrase."),
    Fault.AGAIN: _(
        "Question {number} was asked in the same words within the last 90 days, and too few people have joined or left since: the difference of two results could point at one person. Change the question, or wait."
    ),
}
FIX_QUESTION = _("Question {number}")
OPEN = _("Open")
OPEN_TITLE = _("Open the survey")
OPEN_SURE = _("I have read it; from now on nothing of it can change")
OPEN_NOT_SURE = _("Please tick this when you have read it.")
OPEN_CHANNEL = _("Announce it also")
CHANNELS = {
    "none": _("nowhere else"),
    "here": _("in this channel"),
    "board": _("on the board of the portal"),
    "digest": _("where the digest of news goes"),
}
OPENED = _("The survey is open. Everybody who is a member now is told within the next days, at a polite hour.")
MARK = _("Mark")

# --- what members hear
ANNOUNCE_NAME = _("A sealed survey")
ANNOUNCE_WHY = _("you were a member on the day it was opened; everybody who was gets the same message")
ANNOUNCE_NOTE = _("A survey is open")
ANNOUNCE_UNTIL = _(
    "It takes answers until {day}. They are sealed when they are sent; what that promises, and what not, you read first."
)
ANNOUNCE_HOW = _("Type /enishi survey to answer.")
ANNOUNCE_MARK = _("Mark: {mark}")
TRUSTEE_NAME = _("To a trustee of a survey")
TRUSTEE_WHY = _("the secretariat asked you to be a trustee of a survey")

# --- once it is open
STOP = _("Stop and destroy")
STOP_SURE = _(
    "All answers are destroyed unread, for good. A second person of the secretariat has to agree. Ask for it?"
)
STOP_ASKED = _("Asked. A second person of the secretariat has to agree within 7 days.")
STOP_OWN = _("You asked to stop it. A second person of the secretariat has to agree until {day}.")
STOP_OTHER = _("{name} asks to stop this survey and destroy all answers unread. Do you agree?")
STOP_ALONE = _("Stopping takes two, and you are the only one here. Give somebody a role with /enishi-admin role first.")
STOP_AGREE = _("Agree and destroy")
STOP_AGREE_SURE = _("All answers are destroyed unread, now and for good. Go on?")
STOP_KEEP = _("Do not stop it")
STOP_KEPT = _("It goes on.")
STOP_DONE = _("The survey is stopped; answers and key are destroyed.")
STOP_SOON = _("It is being stopped.")
STOP_NOTHING = _("There is nothing to stop any more.")

# --- the desk and the home page
DESK_TITLE = _("Surveys")
DESK_STOP = _("“{title}”: {name} asks to stop it and destroy all answers.")
DESK_WAITS = _("“{title}”: {said}")
DESK_HELD = {
    Held.CHANGED: _("somebody changed it in the database, so it takes no answers."),
    Held.NO_KEY: _("its key is not on the server, so it takes no answers."),
}
SOME_SURVEY = _("A survey")
LOOK = _("Look")
HOME_TITLE = _("You are a trustee")
TRUSTED_SURVEY = _("Survey of which you are a trustee")
TRUSTED_SEEN = _("Whoever is asked reads your name as a trustee. Your passphrase is kept nowhere.")

# --- preview
PREVIEW_NOTE = _("This is a preview: whatever you choose here is not kept, and the mark will be another one.")
PREVIEW_DONE = _("That was a preview; nothing was kept.")
