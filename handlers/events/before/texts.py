"""Every sentence about what comes before an event; presenters' are in `texts_pitch.py`."""

from bot.language import mark as _
from bot.language import plural

# On the event's card
THEMES = _("Themes")
CHOOSE = _("Choose a theme")
CHOOSE_AGAIN = _("Change my choice")
CHOOSE_NOT_YET = _("Sign up, and you can choose a theme.")
YOU_CHOSE = _("You chose: {themes}")
YOUR_GROUP = _("Your group: {number} ({theme})")
SEE_GROUP = _("See my group")

# Choosing
CHOOSE_TITLE = _("Which theme?")
CHOOSE_LABEL = _("One or two themes")
CHOOSE_HINT = _("Two make it easier to find a good group.")
CHOOSE_SEND = _("Choose these")
CHOOSE_WHAT = _("Groups are made of what everybody chooses. Your choice is shown to nobody by name; your group is.")
CHOOSE_BAD = _("Please choose one or two themes.")
CHOSEN = _("Noted. You hear which group you are in when the groups are made.")
CLOSED = _("The groups are made. Please ask the organisers if you would like another one.")
NO_THEMES = _("There are no themes to choose here.")
NOT_COMING = _("Please sign up for the event first.")

# A group
GROUP_TITLE = _("Group {number}: {theme}")
GROUP_LASTS = _("Time")
GROUP_MINUTES = plural("{count} minute", "{count} minutes")
GROUP_ROUND = _("{first} min to introduce yourselves, {talk} min to talk, {last} min to sum up")
GROUP_WITH = _("Members")
GROUP_NOBODY = _("Nobody whose name you can see.")
GROUP_OTHERS = _("Others are counted without a name: {count}")
GROUP_PROMPTS = _("To begin with")
GROUP_FOOT = _("Whoever leads the group can read from this card. You see the names of those who show theirs to you.")
GROUP_NONE = _("You are in no group yet. Please ask the organisers.")
PROMPTS = (
    _("What brought you to this theme?"),
    _("What have you tried, and what did you learn from it?"),
    _("What would you like to do next, and who here could help?"),
)
TO_EVENT = _("To the event")

# Keeping apart
APART = _("Not in one group with …")
APART_TITLE = _("Not in one group with")
APART_WHAT = _(
    "When groups are made, the program keeps you apart from these people wherever it can. It tells nobody, not even the organisers, and gives no reason. It stays until you delete it. Organisers who move somebody by hand do not know of it."
)
APART_NOBODY = _("Nobody stands here.")
APART_ADD = _("Add a name")
APART_NAME = _("Name")
APART_HINT = _("As it is shown here. Everybody of this name is meant.")
APART_SEND = _("Add")
APART_UNKNOWN = _("No member whose name you can see is called that.")
APART_SEVERAL = _("Several names fit: {names}. Please write one of them.")
APART_SELF = _("That is you.")
APART_FULL = _("There is room for {max} people. Please delete somebody first.")
APART_DROP = _("Delete {name}")
APART_CLEAR = _("Delete the list")
APART_ABOUT = _("Whom you are kept apart from in groups")
APART_SEEN = _("Read by nobody but the program.")

# The desk
BEFORE = _("Before the event")
BEFORE_OF = _("Before the event: {title}")
BEFORE_WHAT = _("Members see what you set up here on the event's card.")
GROUPS = _("Groups by theme")
GROUPS_NONE = _("No themes are set.")
GROUPS_SET = _("Set themes")
GROUPS_CHANGE = _("Change themes")
GROUPS_OPEN = _("The groups")
COMING = _("Are coming")
SIZE = _("At most in a group")
HAVE_CHOSEN = _("Have chosen")
THEME_COUNT = _("{theme}: {count}")
MADE = _("Groups made")
MADE_NONE = _("not made yet")
MADE_COUNT = plural("{count} group", "{count} groups")
WITHOUT = _("In no group yet")
TOLD = _("Told to the members")
TOLD_YES = _("told")
TOLD_NO = _("not yet")

SET_TITLE = _("Themes and groups")
SET_THEMES = _("Themes")
SET_THEMES_HINT = _("One a line, up to {max}. Write both languages in a line, if both are spoken.")
SET_SIZE = _("At most in a group")
SET_SIZE_HINT = _("From {min} to {max} people.")
SET_MINUTES = _("How many minutes the groups have")
SET_PROMPTS = _("Three questions to begin with")
SET_PROMPTS_HINT = _("One a line. Empty: the usual three.")
SET_SEND = _("Save")
BAD_THEMES = _("Please write two themes at least and {max} at most, one a line.")
BAD_THEME = _("Please keep each line to {max} characters.")
BAD_SAME = _("Please write each theme once.")
BAD_SIZE = _("Please give a whole number from {min} to {max}.")
BAD_PROMPTS = _("Please write up to three lines.")
SAVED = _("Saved. Whoever comes can choose now.")
SAVED_DRAFT = _("Saved. Whoever comes can choose once the event is announced.")
SAVED_MADE = _("Saved. The groups stay as they are until you make them anew.")

GROUPS_MAKE = _("Make the groups")
GROUPS_AGAIN = _("Make them anew")
GROUPS_AGAIN_SURE = _("All groups are made anew; those you changed by hand, too. Go on?")
GROUPS_FILL = _("Seat those without a group")
GROUPS_TELL = _("Tell the members")
GROUPS_TELL_SURE = _("Whoever has a new group gets a message. Go on?")
GROUPS_PRINT = _("Print")
GROUPS_PAGE = _("Groups of “{title}”")
GROUPS_EMPTY = _("Make the groups once people have signed up. Nobody sees them before you tell them.")
GROUPS_FEW = _("There are not enough people for groups yet.")
GROUPS_DONE = _("The groups are made. Look at them, change what you like, and tell the members.")
GROUPS_UNKEPT = _("Not everything that members asked for could be kept. More and smaller groups may help.")
GROUPS_FILLED = _("Everybody has a group now.")
GROUPS_TOLD = _("Whoever has a new group hears of it now.")
GROUPS_NO_NEWS = _("Everybody has heard which group they are in.")
GROUP_SEE = _("Group {number}")
GROUP_LINE = _("{number}. {theme}")
MORE = _("Next groups")
MOVE = _("Move somebody")
MOVE_WHO = _("Who")
MOVE_TO = _("To group")
MOVE_SEND = _("Move")
MOVED = _("Moved.")
SWAP = _("Swap two")
SWAP_TO = _("With somebody of group")
SWAP_SEND = _("Next")
SWAP_WITH = _("With whom shall {name} change places?")
SWAPPED = _("They have changed places.")
BAD_MOVE = _("That has changed since. Please look at the groups again.")
NOBODY = _("There is nobody here whose name you can see.")
ONE_GROUP = _("There is one group only.")
TO_GROUPS = _("To the groups")
TO_BEFORE = _("Back")
PRINT_LINK = _("Save the pages")
PRINT_WHAT = _(
    "A file with a page for each group; open it in a browser and print it. The link opens once. Please delete it afterwards."
)
PRINT_NO_PORTAL = _("There is no portal here that could give the file out.")
PRINT_NAME = _("groups")

# Messages
GROUPED_NAME = _("Your group at an event")
GROUPED_WHY = _("you are coming to this event")
GROUPED = _("Your group is made: {number} ({theme}).")

# What is kept about a member
EXPORT_TITLE = _("Themes and groups at events")
EXPORT_THEMES = _("Themes you chose")
EXPORT_GROUP = _("Group")
EXPORT_SEEN = _(
    "What you chose: nobody by name. Your group: the organisers and your group, as far as they may see your name."
)
AUDITED = {
    "event.themed": _("set the themes of an event"),
    "event.grouped": _("made the groups of an event"),
    "event.groups_told": _("told members their groups at an event"),
    "event.groups_printed": _("took the groups of an event as a file"),
    "event.slots": _("set who may present at an event"),
    "event.presenter": _("decided who presents at an event"),
    "event.programme": _("told the presenters of an event their places"),
}
