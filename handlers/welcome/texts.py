"""Sentences of joining, of who sees what, and of the first weeks."""

from bot.language import mark as _
from bot.language import plural
from bot.texts import SHORT_NOTE

# The first card.  None of it says what the community is about.
HELLO_SUMMARY = SHORT_NOTE
HELLO_TITLE = _("Nice to meet you")
HELLO_WHAT = _(
    "Enishi helps this community stay in touch: now and then it asks what you are up to, and passes on what you choose to share."
)
STORED_TITLE = _("What we keep")
HELLO_STORED = _(
    "If you join, we keep your account on this service and what you fill in, encrypted, and what you write to us. You choose each time who can read it."
)
HELLO_STORED_HIDDEN = _(
    "If you join, we keep your account on this service, encrypted, and what you choose to write to us. You need not give a name."
)
SEEN_TITLE = _("Who sees it")
HELLO_SEEN = _(
    "Members who show their name see that you are here, unless you choose otherwise; you can also choose nobody at all. You can change this at any time."
)
HELLO_SEEN_HIDDEN = _(
    "Nobody, unless you choose otherwise: neither the other members nor the secretariat can see that you are here. You can change this at any time."
)
HELLO_PLATFORM = _(
    "What we cannot hide: whoever administers {platform} may see that you have a chat with this app, or are in a channel."
)
HELLO_FREE = _("Nothing is ever required. You can take a break or leave at any time, and then everything is erased.")
JOIN = _("Join")

# The form
JOIN_TITLE = _("Join the community")
JOIN_NAME = _("Your name, as the others will see it")
JOIN_NAME_HIDDEN = _("Your name, if you like")
JOIN_NAME_HIDDEN_HINT = _("As long as nobody sees you, you need none.")
JOIN_MAIL = _("Your private mail address")
JOIN_MAIL_HINT = _("So that we can reach you after your account here is closed. Nobody else sees it.")
JOIN_YEARS = _("Your years with the company")
JOIN_YEARS_HINT = _("For example 2009-2019")
JOIN_FIELD = _("What you do now")
JOIN_FIELD_HINT = _("A few words, such as food industry, planning")
JOIN_PURPOSE = _("What brings you here?")
JOIN_LANGUAGE = _("Language")
JOIN_LEVEL = _("Who may see that you are here")
JOIN_WRITTEN = _("Messages from us")
PURPOSES = {
    "business": _("Business together"),
    "reunion": _("Meeting people again"),
    "return": _("Perhaps coming back one day"),
    "reading": _("Just reading"),
}
WRITTEN = {
    "usual": _("Now and then, three in four weeks at most"),
    "monthly": _("One in four weeks at most"),
    "never": _("None; I come by myself"),
}
LEVELS = {  # exactly who sees it
    1: _("Nobody, not even the secretariat"),
    2: _("The secretariat"),
    3: _("The secretariat, and members who show their name"),
    4: _("Everybody in this workspace"),
}
JOIN_EMPTY = _("Please give a name of up to {max} characters.")
JOIN_LONG = _("Please shorten this to {max} characters.")
JOIN_BAD_MAIL = _("This does not look like a mail address. Please check it, or leave it empty.")
JOIN_BAD_YEARS = _("Please give years like 2009-2019 or 2019, or leave it empty.")
TOO_MUCH = _("Together this is too much. Please shorten the lines about you.")
JOIN_CHOOSE = _("Please choose one.")
JOINED = _("Welcome, {name}. Type /enishi at any time.")
JOINED_NAMELESS = _("Welcome. Type /enishi at any time.")
JOINED_SEEN = _("Who sees that you are here: {who}")
JOINED_QUIET = _("We will not write to you; everything is here whenever you come by.")
JOINED_ALREADY = _("You are a member already. Type /enishi at any time.")
WRITE = _("Write a line")
ME = _("Who sees me")
KEY = _("A key of my own")

# The text changed
AGAIN = _("What we keep and who sees it is described anew. Everything you chose stays as it is. Is that all right?")
AGAIN_READ = _("Read it")
AGREE = _("All right")
AGREED = _("Thank you.")
AGAIN_OR = _("If it is not: /enishi leave erases everything, at once.")

# Who sees me
VISIBLE_COMMAND = _("Who sees that you are here")
VISIBLE_TITLE = _("Who sees that you are here?")
VISIBLE_NOW = _("At the moment: {who}")
LEVEL_MEANS = {
    1: _("Nobody. Your name stands nowhere, and you are counted only among five or more."),
    2: _("The secretariat sees your name and what you told about yourself. The other members see neither."),
    3: _(
        "The secretariat and members who show their name see your name, what you told about yourself, and what you write for everyone. Where the digest goes to a channel, whoever reads that channel sees your name beside it."
    ),
    4: _(
        "Everybody in this workspace sees your name, what you told about yourself, and what you write for everyone, members or not."
    ),
}
RAISE = _("From then on, this is who sees what:")
RAISE_YES = _("Yes, show me")
RAISE_NAME = _("Your name is shown as: {name}")
RAISE_NAMELESS = _("You have given no name yet. Please add one first: /enishi me")
SHOWN = _("Done. Who sees that you are here: {who}")
LOWERED_TOO = _("Your name disappears from what was posted as well.")

# Purpose
PURPOSE_DONE = _("Thank you. We will keep to that: {purpose}")

# The first weeks
STEP_NAME = _("A letter of your first weeks")
STEP_WHY = _("you joined a short while ago")
STEP_SUMMARY = SHORT_NOTE
STEP_TITLE = _("Good to have you here")
STEPS = (
    _(
        "{name}, thank you for joining. One line about what you are up to is the best way to begin, and only those you choose can read it. Reading is fine, too."
    ),
    _("What brings you here? One tap is enough, and we will send you only what fits."),
    _("Three weeks already. If you like, tell us in one line what you are up to. If not, nothing happens; just read."),
)
STEP_LATER = _("If you like, tell us in one line what you are up to. If not, nothing happens; just read.")
STEP_SOMEBODY = _("Hello")  # where no name was given
NO_MORE_DONE = _("You will get no more of them.")

# Introducing oneself
INTRODUCE = _("Introduce myself in the channel")
INTRODUCE_TITLE = _("Introduce yourself")
INTRODUCE_LINE = _("One line about you")
INTRODUCE_HINT = _("Up to {max} characters. You see it once more before anybody else does.")
INTRODUCE_SEE = _("See it first")
INTRODUCE_EMPTY = _("Please write at least one word.")
INTRODUCE_LONG = _("That is {over} characters too long. Please shorten it to {max}.")
INTRODUCE_PREVIEW = _("This is what would stand in {place}, for everybody who reads it:")
INTRODUCE_POST = _("Post it")
INTRODUCE_CHANGE = _("Change the line")
INTRODUCE_POSTED = _("It will be there in a moment. You can take it back at any time.")
INTRODUCE_UNPOST = _("Take it back")
INTRODUCE_GONE = _("Taken back.")
INTRODUCE_HIDDEN = _(
    "At the moment other members do not see you, so we post nothing with your name. You can change that:"
)
INTRODUCE_NOWHERE = _("There is no channel yet in which to introduce yourself.")
CHANNEL = _("the community's channel")
BOARD = _("the community's board")
POST_SUMMARY = SHORT_NOTE
POST_WHY = _("somebody introduced themselves")
POST_TITLE = _("Somebody new is here")
POST_BY = _("{name} writes:")
POST_WITHDRAWN = _("An introduction stood here; it was taken back.")
ABOUT_POSTED = _("Your introduction in the channel; everybody who reads it sees it")

# A supporter
SUPPORTER = _("Introduce me to a supporter")
SUPPORTER_TITLE = _("A supporter for you")
SUPPORTER_WHAT = _(
    "We ask one supporter after the other whether they have time. They see your name and the line below, nobody else does. If one says yes, you hear from us; if not, you hear nothing."
)
SUPPORTER_LINE = _("How they can reach you")
SUPPORTER_LINE_HINT = _("For example a mail address, or your name on this service")
SUPPORTER_SEND = _("Please ask")
SUPPORTER_NONE = _("There is no supporter just now. Please ask the secretariat.")
SUPPORTER_ASKED = _("We are asking. If a supporter has time, you hear from us.")
SUPPORTER_ASK_NAME = _("Somebody new would like a supporter")
SUPPORTER_ASK_WHY = _("you are a supporter here")
SUPPORTER_ASK = _("{name} is new here and would be glad of somebody to turn to. They can be reached like this:")
SUPPORTER_ASK_FOOT = _("If you have no time, nobody hears of it.")
SUPPORTER_YES = _("I have time")
SUPPORTER_NO = _("I have no time now")
SUPPORTER_REACH = _("How {name} can reach you")
SUPPORTER_YES_WHAT = _("{name} sees your name and this line.")
SUPPORTER_YES_SEND = _("Tell them")
SUPPORTER_YES_DONE = _("Thank you. {name} now knows how to reach you: please say hello, too.")
SUPPORTER_NO_DONE = _("No problem. Nobody hears of it.")
SUPPORTER_OVER = _("This is settled already. Thank you.")
SUPPORTER_MET_NAME = _("A supporter has time for you")
SUPPORTER_MET_WHY = _("you asked for it")
SUPPORTER_MET = _("{name} is glad to help you settle in, and can be reached like this:")
SOMEBODY = _("A member")

# The desk
DESK_COMMAND = _("Joining: letters of the first weeks, preview, test")
DESK_TITLE = _("The first weeks")
DESK_DAYS = plural("{count} day after joining", "{count} days after joining")
DESK_DAY_0 = _("On the day of joining")
DESK_HOW = _("{text}, {goal}")
DESK_OWN = _("own text")
DESK_USUAL = _("usual text")
DESK_NONE = _("There are no letters: whoever joins finds everything by themselves.")
DESK_GOALS = {
    "acted": _("unless they have written or reacted"),
    "purpose": _("unless they have said what brings them here"),
    "none": _("in any case"),
}
DESK_LEVEL = _("Who joins is first seen by")
DESK_SUPPORTERS = _("Supporters are introduced")
YES, NO = _("yes"), _("no")
DESK_NEUTRAL = _("Notifications never say what the community is about.")
DESK_NOTE = _("Days hold for whoever joins from now on, texts at once. Who was here before gets none of these letters.")
DESK_SET = _("Change settings")
LETTER = _("Letter {count}")
DESK_PREVIEW_JA = _("Preview in Japanese")
DESK_PREVIEW_EN = _("Preview in English")
DESK_TEST = _("Test on me")
DESK_SAVED = _("Saved.")
DESK_TESTED = _("The letters are on their way to you.")
DESK_NO_TEST = _("We have no address to send a test to.")
DESK_TEST_NAME = _("A test")
DESK_TEST_REASON = _("you asked for a test")
DESK_TEST_WHY = _("This is a test. Only you received it.")
SAVE = _("Save")
SET_DAYS = _("Days after joining")
SET_DAYS_HINT = _("Up to five, for example 0, 7, 21. Empty: no letters.")
SET_SUPPORTERS = _("Whoever is new may ask to be introduced to a supporter")
SET_WORDS = _("Words that no notification may hold")
SET_WORDS_HINT = _("Your own, one a line, beside those we keep to anyway.")
SET_BAD_DAYS = _("Please give up to five whole numbers from 0 to {max}, in their order, for example 0, 7, 21.")
SET_BAD_WORDS = _("Please give up to {count} words of up to {max} characters, one a line.")
EDIT_GOAL = _("When it comes")
EDIT_JA = _("Text in Japanese")
EDIT_EN = _("Text in English")
EDIT_HINT = _("Empty: the usual text. {name} and {community} are filled in.")
EDIT_LONG = _("That is {over} characters too long. Please shorten it to {max}.")
EDIT_GONE = _("There is no such letter any more.")
AUDIT_CHANGED = _("changed the letters of the first weeks")

HELLO_NAME = _("Hello to somebody new")
HELLO_WHY = _("you came into the community's channel")
