"""Sentences of the menu, the home page and several accounts."""

from bot.language import mark as _

MENU_TITLE = _("What would you like to do?")
MENU_UNKNOWN = _("“{word}” is not something we know. Here is what you can type:")
MENU_DESK_TITLE = _("For the secretariat")
MENU_FOOT = _("Full-width letters and the words in Japanese work too.")

HELP_COMMAND = _("This list")
LANGUAGE_COMMAND = _("Read in Japanese or English")
HOME_COMMAND = _("Your home page")
PORTAL_COMMAND = _("A link to your own page on the web")
ADMIN_HELP_COMMAND = _("What the secretariat can do")

JAPANESE = _("日本語で読む")
ENGLISH = _("Read in English")
SPEAKS = _("From now on we write to you in English.")
LANGUAGE_WHICH = _("Which language do you read?")

PORTAL_HERE = _("Your page is behind this link. It opens once, within 24 hours, and is for you alone.")
PORTAL_OPEN = _("Open my page")
PORTAL_NONE = _("This install has no web address yet, so there is no page to open. Please ask the secretariat.")
PORTAL_ALREADY = _("You are on your page already.")

HELLO_SUMMARY = _("A short note from Enishi")  # on lock screens: says nothing
ASK_BACK_NAME = _("Joining two accounts")
ASK_BACK_WHY = _("somebody typed your code")

HOME_TITLE = _("Hello, {name}")
HOME_TITLE_NAMELESS = _("Hello")
HOME_SUMMARY = _("Your home page")
HOME_MENU = _("All commands")
HOME_DESK = _("Secretariat")
HOME_READING = _("Dates are shown for {zone}.")

# Several communities
COMMUNITY_COMMAND = _("Which community you mean, if you are in several")
WHICH = _("Which community is it about?")
CHOSEN = _("What you type goes to: {community}")
CHOOSE = _("You are in these too:")

# Several accounts
LINK_COMMAND = _("Make this and another account of yours one")
CODE = _("To use another account as the same member, type this there, within the hour:")
CODE_CARE = _("Keep the code to yourself. Nothing is joined before you say yes here, too.")
CODE_WRONG = _("This code does not work. Please get a new one with your other account: /enishi link")
CODE_OWN = _("This account is that member already.")
SURE = _("From now on this account would be the same member of {community} as the one with the code. Is that you, too?")
SURE_YES = _("Yes, both are me")
TAKEN = _("Thank you. Please say yes with your other account as well; we have asked there.")
TAKEN_NOWHERE = _("We cannot reach your other account just now. Please try again later.")
ASKED_BACK = _("Somebody typed your code on {surface}. Was that you?")
ASKED_YES = _("Yes, that was me")
ASKED_NO = _("No")
JOINED_ACCOUNTS = _("Both accounts are one member now.")
NOT_JOINED = _("Nothing was joined. The code no longer works.")
CHOOSE_NEW = _("These are here as well; you are not in them:")
