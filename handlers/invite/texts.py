"""Sentences of invitations."""

from bot.language import mark as _
from bot.language import plural

# --- commands
WAVE_COMMAND = _("Invite people of the roster, a few a week, each in your own words")
INVITE_COMMAND = _("One invitation for one person")
LEAVER_COMMAND = _("A link and a square to print, for an exit interview")
REFER_COMMAND = _("Ask for an invitation for a former colleague")
INVITED_COMMAND = _("Join by an invitation you were given")

# --- waves
WAVES_TITLE = _("Invitations")
WAVES_WHAT = _(
    "You pick people, somebody else of the secretariat approves, and you write to them yourself. Nothing is sent by Enishi."
)
WAVES_WEEK = _("This week")
WAVES_WEEK_VALUE = _("{used} of {most} drafts given to you")
WAVES_DRAFTS = _("Drafts to send")
WAVES_SENT = _("Written to")
WAVES_NONE = _("No wave yet. Pick the first people whenever you like; ten are a good start.")
PEOPLE = plural("{count} person", "{count} people")
DRAFTS_BUTTON = _("Drafts to send")
SENT_BUTTON = _("Written to")
PICK_BUTTON = _("Pick people")
TEXTS_BUTTON = _("Change the texts")
SETTINGS_BUTTON = _("Settings")
BACK_BUTTON = _("All invitations")

ASKED = _("waits for approval")
APPROVED = _("approved")
STOPPED = _("stopped")
PICKED_ALL = _("everybody")
PICKED_YEAR = _("left in {year}")

PICK_TITLE = _("Pick people")
PICK_INTRO = _("Only people of the roster who have not been invited yet. What you leave empty makes no difference.")
PICK_YEAR = _("Year of leaving")
PICK_DEPARTMENT = _("Department")
PICK_DEPARTMENT_HINT = _("A part of its name is enough")
PICK_TAG = _("Tag")
PICK_TONE = _("Tone of the drafts")
PICK_MOST = _("At most how many")
PICK_SUBMIT = _("Ask for approval")
BAD_YEAR = _("Please give a year in four digits, as in 2019, or leave it empty.")
BAD_MOST = _("Please give a number from 1 to {most}.")
BAD_CHOICE = _("Please choose one of these.")
NOBODY_FITS = _(
    "Nobody on the roster fits who has not been invited yet. Please ask for less, or import a roster first: /enishi-admin import"
)

PLAIN = _("plain")
WARM = _("warm")
NETWORK = _("a network for people who left")

WAVE_TITLE = _("Wave: {picked}")
WAVE_STAGE = _("Stage")
WAVE_SIZE = _("People")
WAVE_WHO = _("Picked by")
WAVE_ON = _("On")
WAVE_MORE = plural("and {count} more", "and {count} more")
WAVE_WAITS = _("Somebody else of the secretariat approves; it stands on their desk.")
WAVE_GOES = _("The drafts come a few a week, under “Drafts to send”.")
WAVE_GONE = _("This wave is not there any more.")
APPROVE = _("Approve")
APPROVE_ALONE = _("You are the only one who can approve. Have you looked at every name?")
APPROVE_OWN = _("Somebody else of the secretariat approves what you picked.")
STOP = _("Stop this wave")
STOP_SURE = _("Nobody else of this wave is written to. Links that were sent stay. Stop it?")
WAVE_APPROVED = _("Approved. Whoever picked finds the drafts under /enishi-admin wave.")
WAVE_STOPPED = _("This wave is stopped.")

# --- drafts
DRAFTS_TITLE = _("Drafts to send")
DRAFTS_ONE = _("Show the draft")
DRAFTS_NONE = _("Nothing to send just now.")
DRAFTS_FULL = _("You have had this week's {most}. The next ones come on Monday.")
DRAFTS_LEFT = plural("{count} draft to send", "{count} drafts to send")
DRAFT_WHAT = _("Copy the text, change what you like, and send it yourself. The link is for this person alone.")
DRAFT_LEFT_YEAR = _("Left in")
DRAFT_DEPARTMENT = _("Department")
DRAFT_MAIL = _("Mail")
DRAFT_NUMBER = _("Link works until")
DRAFT_NOTE = _("Your note")
DRAFT_TEXT = _("The text, {tone}")
DRAFT_GONE = _("This invitation is not there any more.")
DRAFT_ON = _("You wrote to them on")
TICK = _("Sent by me")
UNTICK = _("Not sent after all")
NOTE = _("Note")
NOTE_TITLE = _("Note")
NOTE_LABEL = _("For yourself: how you wrote, what they said")
NOTE_SAVE = _("Keep")
REVOKE = _("Take the link back")
REVOKE_SURE = _("The link then opens for nobody. Take it back?")
REVOKED = _("The link is taken back.")
RENEW = _("New link")
SENT_TITLE = _("Written to")
SENT_NONE = _("You have not written to anybody yet.")
SENT_OPEN = _("link works until {day}")
SENT_OVER = _("link has expired")
SENT_JOINED = _("joined")
SENT_BACK = _("link taken back")
SENT_NOT = _("not sent yet")
MORE = _("More")

# --- the drafts themselves; {name}, {community}, {sender} and {link} are filled in
DRAFT_PLAIN = _(
    "Dear {name},\n\nI am writing on behalf of {community}. We keep in touch with each other about once a month, and would be glad if you joined us. It is free and never binding, and you can leave at any time.\n\nThis invitation is for you alone:\n{link}\n\n{sender}"
)
DRAFT_WARM = _(
    "Hello {name},\n\nit has been a while. How have you been? I am helping with {community}, where we tell each other now and then what we are up to, and I thought of you. One line now and then is plenty, and just reading is fine, too.\n\nIf you feel like it, come and have a look:\n{link}\n\nWhenever it suits you. Take care!\n{sender}"
)
DRAFT_NETWORK = _(
    "Hello {name},\n\nwe have made a small network for people who left the company: to know how the others are doing, to meet when there is a reason to, and to hear a little of what is new there. It is run by volunteers, and nobody is recruited.\n\nThis link is for you alone, and you can look before you decide:\n{link}\n\n{sender}"
)

TEXTS_TITLE = _("Texts of the drafts")
TEXTS_WHAT = _(
    "Write {name}, {community}, {sender} and {link} where the name, the community, your name and the link belong. Links of people who were given theirs already stay as they are."
)
TEXTS_EDIT = _("{language}, {tone}")
TEXTS_HINT = _("Empty: our own text again")
TEXTS_SAVE = _("Keep")
TEXTS_SAVED = _("The text is kept.")
BAD_LINK = _("Please keep {link} in the text: without it nobody can join.")
BAD_PLACE = _("We cannot fill in {place}. Only {name}, {community}, {sender} and {link} work.")
BAD_WORD = _("This text is for those to whom the word alumni says nothing: please write it without the word “{word}”.")

SETTINGS_TITLE = _("Settings of invitations")
SETTINGS_WEEKLY = _("Drafts a week for each of the secretariat")
SETTINGS_DAYS = _("Days an invitation works")
SETTINGS_LEAVER = _("Days a leaver link works")
SETTINGS_SAVE = _("Keep")
SETTINGS_SAVED = _("The settings are kept.")
BAD_NUMBER = _("Please give a number from {least} to {most}.")

# --- one invitation, leaver links
INVITE_TITLE = _("One invitation")
INVITE_INTRO = _(
    "One link for one person. We do not look up whether they are a member, and the page behind the link does not say so either."
)
INVITE_NAME = _("Their name")
INVITE_NAME_HINT = _("The page's form begins with it")
INVITE_MAIL = _("Their mail address, if you know it")
INVITE_MAIL_HINT = _("Only compared with the do-not-invite list; goes with the invitation")
INVITE_LANGUAGE = _("Language")
INVITE_SUBMIT = _("Make the invitation")
INVITE_EMPTY = _("Please give a name of up to {max} characters.")
INVITE_MADE = _("The invitation for {name} is ready")
INVITE_ASKED = _("An owner is asked to approve. After that it stands among your drafts: /enishi-admin wave")
INVITE_LISTED = _("This person is on the do-not-invite list.")
INVITE_LINK = _("The link")
INVITE_CODE = _("To type from paper, or after /enishi invited")
INVITE_UNTIL = _("Works until")
INVITE_PRINT = _("Page to print")
NO_PORTAL = _(
    "This install has no web address yet, so there is no page an invitation could open. Please ask whoever runs Enishi."
)

LEAVER_TITLE = _("Leaver links")
LEAVER_WHAT = _(
    "For an exit interview: the page behind the link takes a private address, the language and the consent, before the work account closes. One link is for one person; you need not tell us who."
)
LEAVER_OPEN = _("Waiting to be used")
LEAVER_NEW = _("New link")
LEAVER_MADE = _("A new leaver link")
LEAVER_HOW = _(
    "Print the page, or let them read the square from your screen. Whoever is a member already types /enishi link in Slack or Teams first, and stays the same member."
)
LEAVER_HOME = _("We have no private address of yours yet. When your work account closes, nothing else will reach you.")
LEAVER_ADDRESS = _("Give a private address")
ADDRESS_TITLE = _("Your private address")
ADDRESS_LABEL = _("Private mail address")
ADDRESS_CONSENT = _("Keep it, encrypted, and use it only to reach me for this community")
ADDRESS_SAVE = _("Keep")
ADDRESS_BAD = _("Please give a mail address, as in name@example.org.")
ADDRESS_NEEDED = _("Without your yes we keep nothing.")
ADDRESS_SAVED = _("Thank you. The address is kept; nobody sees it.")

# --- referral
REFER_TITLE = _("An invitation for a former colleague")
REFER_WHAT = _(
    "We need neither a name nor an address: you ask for a link, the secretariat agrees, and you pass it on yourself. We do not tell anybody who is a member, so the answer is the same for everybody."
)
REFER_ASK = _("Ask for a link")
REFER_ASKED = _("Thank you. If the secretariat agrees, the link comes to you here, within two weeks.")
REFER_SUMMARY = _("A short note from Enishi")
REFER_READY = _("The invitation you asked for is ready.")
REFER_SHOW = _("Show the invitation")
REFER_TEXT = _("A text you could send")
REFER_TAKE = _("Pass it on in your own words. It works once, until {day}.")
REFER_OVER = _("This invitation does not work any more. You can ask for another: /enishi refer")
REFER_NAME = _("What the note with an invitation is called")
REFER_WHY = _("you asked for an invitation for somebody")

# --- by an invitation in a chat
INVITED_HOW = _("Please type the invitation after it: /enishi invited ABCD-EFGH-JKMN-PQRS, or the whole link.")
INVITED_ELSEWHERE = _(
    "This invitation belongs to a community that is not in this workspace. Please open the link in your browser."
)
INVITED_MEMBER = _("You are a member already. The invitation stays as it is, for somebody else.")

# --- the desk
DESK_TITLE = _("Invitations")
DESK_WAVE = _("{name} would like to invite: {picked} ({people})")
DESK_INVITE = _("{sender} would like to invite {name}.")
DESK_LISTED = _("{sender} would like to invite {name}, who is on the do-not-invite list.")
DESK_REFERRAL = _("{name} asks for an invitation for a former colleague.")
DESK_REFERRAL_HIDDEN = _("A member asks for an invitation for a former colleague.")
DESK_LOOK = _("Look at the names")
DECLINE = _("Decline")
APPROVED_ONE = _("Approved.")
DECLINED_ONE = _("Declined. Nobody is told.")
APPROVE_GONE = _("This has been decided already.")
SOMEBODY = _("Somebody")

# --- what the audit says
AUDIT_ASKED = _("picked people for a wave")
AUDIT_APPROVED = _("approved a wave")
AUDIT_STOPPED = _("stopped a wave")
AUDIT_MADE = _("made an invitation")
AUDIT_LEAVER = _("made a leaver link")
AUDIT_LINK_APPROVED = _("approved an invitation")
AUDIT_LINK_DECLINED = _("declined an invitation")
AUDIT_SENT = _("noted that an invitation was sent")
AUDIT_REVOKED = _("took a link back")
AUDIT_TEXTS = _("changed a text of the drafts")
AUDIT_SETTINGS = _("changed the settings of invitations")
