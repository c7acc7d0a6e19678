"""Every sentence of the portal itself; what a card says comes from the features."""

from bot.language import mark as _
from bot.language import plural

# --- the frame of every page
SKIP = _("Skip to the content")
HOME = _("Home")
INBOX = _("Inbox")
BOARD = _("Community board")
SIGNED_IN_AS = _("Signed in as {name}")
A_MEMBER = _("a member")
SIGN_OUT = _("Sign out")
SIGN_OUT_EVERYWHERE = _("Sign out on every device")
PAGES = _("Pages")
ACCOUNT = _("Account")

COMMAND = _("Type a command")
COMMAND_HINT = _("For example: help")
COMMAND_WHERE = _("Command")
SEND = _("Send")

# --- pages
ANSWER = _("Answer")
BACK_HOME = _("Back to home")
BACK_INBOX = _("Back to the inbox")
BACK_BOARD = _("Back to the community board")
NO_HOME = _("Type help above to see what you can do here.")
NEW_LETTERS = _("Latest letters")
NEW = _("Not read yet")
ALL_LETTERS = _("All letters")
OLDER = _("Show older ones too")
NO_LETTERS = _("No letters yet. They will wait for you here.")
NO_POSTS = _("Nothing on the board yet.")
BOARD_INTRO = _("Everybody in {community} sees this page.")
ALREADY_DONE = _("This has been done already; nothing was done twice.")
CONFIRM = _("Please confirm")
YES = _("Yes: {label}")
CANCEL = _("Cancel")
AS_TABLE = _("As a table")
DESK = _("Secretariat")

# --- forms
ERRORS = _("Please check what you entered")
TITLE_WITH_ERRORS = _("Please check ({count}): {title}")
FIELD_PROBLEM = _("{label}: {sentence}")
TEXT_NEEDED = _("Please write something here.")
TEXT_TOO_LONG = _("Please use at most {most} characters.")
CHOICE_NEEDED = _("Please choose one.")
SEVERAL_NEEDED = _("Please choose at least one.")
SEVERAL_TOO_MANY = plural("Please choose {count} at most.", "Please choose {count} at most.")
TICK_NEEDED = _("Please tick this to go on.")
FILE_NEEDED = _("Please choose a file.")
FILE_TOO_LARGE = _("This file is larger than {megabytes} MB. Please keep only the sheet with the roster, or split it.")
PLEASE_CHOOSE = _("Please choose")
OPTIONAL = _("optional")
SENT_AGAIN = _("This page had grown old, so nothing was sent. Your input is still here: please send it once more.")

# --- when it does not work
TRY_AGAIN = _("Try again")
OLD_PAGE = _("This page had grown old, so nothing was done. Please go back and try once more.")
NO_SUCH_LETTER = _("This is not in your inbox or on your board any more, so nothing was done.")
NOT_FOUND = _("There is no such page.")
NOT_THIS_WAY = _("This page cannot be used in this way. Please start from the home page.")
TOO_LARGE = _("That was too much at once: please send less than 1 MB.")
PROBLEM = _("This did not work")

# --- the door
WELCOME = _("Welcome")
ENTER_INTRO = _("This link is for you alone and opens once. Press the button to come in.")
ENTER = _("Come in")
LINK_DEAD = _(
    "This link does not open any more: please ask your secretariat for a new one, or type /enishi portal in your chat."
)
TOO_MANY = _("There were too many tries from your network. Please wait five minutes and use your link again.")
SIGNED_OUT = _("You are signed out.")
SIGN_IN = _("Please sign in")
SIGN_IN_HOW = _(
    "You come in with a personal link. Your secretariat can send you one, and /enishi portal in your chat gives you one at once."
)
SIGN_IN_WHAT = _("Enishi keeps members of a community in touch, about once a month and never more than you like.")
SIGN_IN_PRIVACY = _(
    "The link opens once, within 24 hours. After that this browser stays signed in for 14 days, unless you sign out."
)

# --- invitations; whoever opens one may be somebody else than it was meant for
INVITED_INTRO = _("You have been invited to a community. Press the button to see what it is and what is stored.")
INVITED_ENTER = _("Have a look")
INVITED_PRIVACY = _("Looking commits you to nothing. The invitation is used when you join, and only once.")
GUEST_COMMAND = _("A member already, in Slack or Teams? Type /enishi link there, and here what it tells you")
GUEST_HINT = _("link and the code")
GUEST = _("You are looking around; you have not joined.")
PRINTED_TITLE = _("Staying in touch")
PRINTED_WHAT = _(
    "Even after you leave, you are one of us. If you like, give us a private address before your work account closes. Joining is free, never required, and you can leave at any time."
)
PRINTED_SCAN = _("Open the address below, or read the square with your phone's camera.")
PRINTED_CHOOSE = _("Choose your language, give a private mail address, and read what is stored before you say yes.")
PRINTED_MEMBER = _(
    "Are you a member in Slack or Teams already? Type /enishi link there first; with the code you stay the same member."
)
PRINTED_QR = _("The address as a square for a phone's camera")
SHEET_AGAIN = _("This page looks again by itself every {seconds} seconds.")
SHEET_STILL = _("This page stays as it is.")
SHEET_STOP = _("Keep it still")
SHEET_GO_ON = _("Let it look again by itself")
PRINTED_ONCE = _("This sheet is for one person and works once.")

# --- keys
KEY = _("Your own key")
KEY_INTRO = _("This is a member's own key to their page.")
KEY_SHORT = _("You stay signed in for an hour. On a computer that others use, sign out when you are done.")
KEY_DEAD = _(
    "This key opens nothing: it was renewed, or not used for a year. A new one comes from /enishi key, or from the secretariat."
)
KEY_WHAT = _(
    "With this you reach your own page, also when your work account is closed: to read what is stored about you, to change it, to take it with you, or to leave."
)
KEY_DO = _("Press the button. On your page you can type me, export or leave.")
KEY_CARE = _(
    "Keep it as you would a house key: whoever has it can open your page. A new one, from /enishi key, ends this one."
)
KEY_ENDS = _("It opens as often as you like, and ends when it is not used for 12 months.")

# --- pages that anybody may read; each language in its own words
IN_LANGUAGE = {"ja": "日本語で読む", "en": "Read in English"}

# --- files
FILE = _("Your file")
FILE_INTRO = _("Here is the file you asked for. This link gives it once, within ten minutes of asking.")
FILE_SAVE = _("Save the file")
FILE_CARE = _("It is for you alone: save it where nobody else looks.")
FILE_GONE = _("This link has been used or has ended. Ask for the file once more where you asked for it first.")
FILE_NOT_YOURS = _("This file is for somebody else than who is signed in here. Sign out, and open your own link again.")

# --- the try-out
DEMO = _("Try-out")
DEMO_FICTION = _("All people here are made up, and nothing leaves this computer.")
DEMO_NOW = _("It is {moment} here.")
DEMO_AS = _("You act as {name} ({role}).")
DEMO_ACT_AS = _("Act as")
DEMO_FIND = _("Find a name")
DEMO_SWITCH = _("Switch")
DEMO_FORWARD = _("Let time pass")
DEMO_HOUR = _("1 hour")
DEMO_DAY = _("1 day")
DEMO_WEEK = _("1 week")
DEMO_QUARTER = _("3 months")
DEMO_LANGUAGE = _("Language")
DEMO_ARRIVED = _("While time passed:")
DEMO_QUIET = _("Nothing was due.")
DEMO_OPEN = _("Open what arrived:")
DEMO_STEP_ONE = _("Act as a member: look at your home page, and tell the others how you are.")
DEMO_STEP_TWO = _("Let a week or three months pass, and see what arrives in your inbox and on the board.")
DEMO_STEP_THREE = _("Act as the secretariat: the same, from the desk that needs three hours a month.")
DEMO_STEP_FOUR = _("Act as the secretariat: save the made-up roster, bring it in with “import”, and invite somebody.")
DEMO_ROSTER = _("A made-up roster of 600 people, for “import”")
DEMO_ROSTER_FILE = _("made-up-roster.csv")
DEMO_AS_MEMBER = _("Act as {name}, a member")
DEMO_AS_DESK = _("Act as {name}, the secretariat")
OWNER = _("owner")
SECRETARIAT = _("secretariat")
SUPPORTER = _("supporter")
MEMBER = _("member")

# --- a form that shows what is being written
PREVIEW = _("As it will look")
PREVIEW_SHOW = _("Show how it looks")
PREVIEW_EMPTY = _("Press the button to see what you have written on each surface.")
PREVIEW_LANGUAGE = _("Language of the preview")
PREVIEW_ONE_OF = plural("a list of {count}", "a list of {count}")
LANGUAGES = (("ja", "日本語"), ("en", "English"))
SURFACES = {"slack": _("Slack"), "teams": _("Microsoft Teams"), "portal": _("This page")}
