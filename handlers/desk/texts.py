"""Sentences of the secretariat's desk."""

from bot.language import mark as _
from storage.people import Area, Role

NOTE = _("A short note from Enishi")  # on lock screens: says nothing

# --- the desk
DESK_COMMAND = _("What waits for the secretariat today")
DESK_TITLE = _("The secretariat's desk")
NOTHING = _("Nothing waits for you today. Thank you for looking.")
NEXT_ROSTER = _("When you like, the next step is a roster: /enishi-admin import")
NEXT_WAVE = _("When you like, the next step is to invite some of those on the roster: /enishi-admin wave")
NEXT_REST = _("Whatever comes will stand here; once a week is enough.")
COMMANDS = _("Or go straight to:")
BACK = _("Back to the desk")

# --- how many came how far
FUNNEL = _("From the roster to first words")
STAGES = {
    "imported": _("People on the roster"),
    "invited": _("People invited"),
    "joined": _("Members"),
    "told": _("Have told something"),
}
FLOORED = _(
    "To protect everybody, numbers are rounded down to a multiple of {floor}, those below {floor} are left out, and all of them are renewed once a month."
)
TOO_FEW = _("There are too few people yet to show numbers; that protects each of them.")
FIGURE = _("{label} {count}")
BETWEEN = _(", ")

# --- roles
ROLE_COMMAND = _("Who has which role; give and take roles")
ROLE_TITLE = _("Roles")
ROLES = {
    Role.OWNER: _("Owner"),
    Role.SECRETARIAT: _("Secretariat"),
    Role.SUPPORTER: _("Supporter"),
    Role.MEMBER: _("Member"),
}
SCOPES = {
    "": _("All of the secretariat's work"),
    Area.ROSTER: _("Roster and invitations only"),
    Area.CONTENT: _("Texts and letters only"),
}
ROLE_WHAT = _(
    "Owners can do everything. The secretariat runs the community. Supporters post and run events; they see neither roster nor surveys."
)
ROLE_ALONE = _("There is one person who can use this desk. A second one helps when one of you is away.")
ROLE_HIDDEN = _("Who is hidden is not shown here, to nobody. Whoever is to have a role makes themselves visible first.")
LISTED = _("{name}")
NO_ROLE = _("No role any more")
NAMELESS = _("a member without a name")
YOU = _("{name} (you)")
APPOINT = _("Give or take a role")
APPOINT_TITLE = _("Roles")
APPOINT_WHO = _("Whom?")
APPOINT_NAME = _("A part of the name")
APPOINT_ROLE = _("Which role?")
APPOINT_SCOPE = _("If it is the secretariat: which work?")
APPOINT_SCOPE_HINT = _("For an alumnus who helps from outside, a part of it is often enough.")
APPOINT_SEND = _("Save")
NO_CANDIDATES = _("There is nobody to choose from yet. Whoever is to have a role joins first and is not hidden.")
NOT_FOUND = _("Nobody visible is called so. Please check the name; whoever is hidden makes themselves visible first.")
SEVERAL = _("Several are called so. Please choose one of them.")
MANY = _("More than {most} are called so. Please type more of the name.")
BAD_CHOICE = _("Please choose one of these.")
LAST_OWNER = _("{name} is the only owner. Please name another owner first.")
OWNERS_ONLY = _("Owners and the secretariat are named by owners. Please ask one of them.")
NOT_ALL_WORK = _("Roles are given by those who do all of the secretariat's work. Please ask one of them.")
UNCHANGED = _("{name} has this role already.")
APPOINTED = _("{name}: {role}. We have told them.")
APPOINTED_SILENT = _("{name}: {role}. They cannot be reached just now, so please tell them yourself.")
GAVE = {
    Role.OWNER: _("named an owner"),
    Role.SECRETARIAT: _("gave somebody a place in the secretariat"),
    Role.SUPPORTER: _("named a supporter"),
    Role.MEMBER: _("took a role back"),
}

# --- what somebody hears of their role
TOLD_ROLE = {
    Role.OWNER: _("{name}, you are now an owner of {community}. Everything an owner can do is at /enishi-admin"),
    Role.SECRETARIAT: _("{name}, you are now in the secretariat of {community}. What you can do is at /enishi-admin"),
    Role.SUPPORTER: _("{name}, you are now a supporter of {community}. What you can do is at /enishi-admin"),
    Role.MEMBER: _("{name}, your role in {community} has ended. Thank you for all you did."),
}
TOLD_NAMELESS = _("Hello")
MANNER_ROLE = _("Your role")
MANNER_ROLE_WHY = _("your role in the community changed")

# --- one admin
ALONE = _(
    "At the moment you are the only one who can look after {community}. If you were away, nobody could answer or help."
)
ALONE_HOW = _("When somebody comes to mind, a second person is named in a minute. There is no hurry.")
MANNER_ALONE = _("The community has one admin")
MANNER_ALONE_WHY = _("only one person can look after your community")

# --- what was done
AUDIT_COMMAND = _("What the secretariat did, and when")
AUDIT_TITLE = _("What the secretariat did")
AUDIT_WHAT = _(
    "Kept for two years. It shows what was done at this desk, never what a member did or wrote; nobody can change it unnoticed."
)
AUDIT_NONE = _("Nothing has been done here yet.")
AUDIT_OLDER = _("Older")
AUDIT_NEWEST = _("Newest")
GONE = _("somebody who has left")
ONE_OF = _("one of the secretariat")
SERVER = _("the server")  # its operator, or the clock
WORDLESS = _("something this version has no words for ({action})")
DID = _("{who}: {what}")
