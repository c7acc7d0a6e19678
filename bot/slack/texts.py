"""Every sentence of the Slack surface itself; what a card says comes from the features.

Slack does not say which language somebody reads, so these are shown in every language at once (`both`).
"""

from bot.language import mark as _

MORE = _("There is more than fits here.")
SEVERAL = _("Choose as many as you like")
CANCEL = _("Cancel")
YES = _("Yes")
OPEN_FORM = _("Open the form")
FORM_NEEDS_BUTTON = _("Press the button to go on.")
FORM_NEEDS_COMMAND = _("Please type the command again to go on.")

LATE = _("Slack did not let us open the window in time. Please try once more.")

MEMBER_COMMAND = _("Your community: news, events, and how you are")
ADMIN_COMMAND = _("The secretariat's desk")

NOT_INSTALLED = _("Enishi is not installed in your workspace, so nothing was done.")

# --- the pages of an install
INSTALL = _("Add Enishi to Slack")
INSTALL_WHAT = _("Enishi keeps members of a community in touch, about once a month and never more than you like.")
INSTALL_HOW = _("Slack will ask you what Enishi may do. After that you choose the community it is for, or found one.")
INSTALL_COOKIE = _(
    "This page sets one cookie, for ten minutes, so that nobody but this browser can finish what you begin."
)
PROBLEM = _("This did not work")
BEGIN_AGAIN = _("Begin again")
DENIED = _("Enishi was not added to Slack, and nothing was changed.")
STATE_OLD = _("This was not begun in this browser within the last ten minutes, or it is finished already.")
ORG_WIDE = _("Enishi cannot be installed for a whole organisation: please choose one workspace of it.")
CODE_OLD = _("Slack did not accept this any more.")
SLACK_AWAY = _("Slack does not answer as it should just now. Please begin again in a moment.")
NOT_SET_UP = _("Slack and Enishi do not know each other: please tell whoever runs this Enishi to look at its log.")
MEMORY_AWAY = _("Enishi cannot reach its memory just now. Please begin again in a moment.")
SET_UP_OLD = _(
    "This page was used already, or is older than half an hour. If you see no community after /enishi in Slack, please begin again."
)

SET_UP = _("Which community is it for?")
IN_SLACK = _("Enishi is in your workspace now.")
LIVES_THERE = _("In this workspace: {names}. If that is all, you can close this page.")
YOUR_OWN = _("A community of yours")
MOVE_IN = _("{name} uses this workspace")
FOUND = _("A new community")
FOUND_IT = _("Found it")
YOUR_NAME = _("Your name, as members will see it")
COMMUNITY_NAME = _("Name of the community")
KIND = _("Kind")
ALLY = _("ALLY: colleagues who understand and support")
ALUMNI = _("Alumni: people who have left the company on good terms")
PEERS = _("Peers: people in the same situation, across companies")
ALLIANCE = _("Alliance: of several communities")
LANGUAGE = _("Language")
ZONE = _("Time zone")
NAME_NEEDED = _("Please write a name.")
NAME_LONG = _("Please use at most {most} characters.")
NAME_TAKEN = _("A community of this name is in this workspace already: please choose another name.")
CHOOSE_ONE = _("Please choose one.")
NO_ZONE = _("This is no time zone we know; it looks like Asia/Tokyo.")
CHECK = _("Please check what you entered")
SET_UP_DONE = _("All set")
SET_UP_NEXT = _("Type /enishi-admin in Slack to go on; /enishi is for everybody.")
