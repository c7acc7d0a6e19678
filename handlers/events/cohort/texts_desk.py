"""Every sentence of series for fixed teams that whoever runs them reads."""

from bot.language import mark as _
from bot.language import plural

# The plan
BUTTON = _("Fixed teams")
PLAN = _("A series for fixed teams")
PLAN_WHAT = _(
    "Members join all dates at once. With several parts, teams meet at one part each, in turn: so they can have different days."
)
RHYTHM = _("How often they meet")
DATES = _("How many dates")
DATES_HINT = _("2 to {max}; monthly and six are half a year.")
TEAMS = _("How many teams")
TEAMS_HINT = _("1 to {max}")
PLACES = _("Places of a team")
PLACES_HINT = _("{min} to {max}")
UNTIL = _("The last day to join")
UNTIL_HINT = _("Leave it empty, and members can join until the first date begins.")
SEND = _("Look at the dates")
BAD = _("Please write a number from {min} to {max}.")
BAD_UNTIL = _("Please choose a day before the last date.")
BAD_DATES = _("These dates are further away than two years. Please choose fewer, or meet more often.")
DROP = _("No fixed teams")

# The teams
TITLE = _("Teams: {title}")
WHAT = _("Nothing happens by itself: make the teams, change them by hand, then tell the members.")
IN = _("In the series")
WAIT = _("Waiting for a place")
WITHOUT = _("Not in a team")
NONE = _("The teams are not made yet.")
TOLD = _("Members know their teams")
YES = _("yes, all of them")
NO = _("not yet, or not the last changes")
MAKE = _("Make the teams")
MAKE_AGAIN = _("Make all teams anew")
MAKE_SURE = _("All teams are made from the start; what you changed by hand is gone.")
TELL = _("Tell the teams")
TELL_SURE = _("Everybody for whom their team is news gets a message.")
MOVE = _("Move one")
SWAP = _("Two change teams")
MERGE = _("Make two teams one")
CAME = _("Who came, in numbers")
MORE = _("More teams")
FEW = _("There are too few people for teams yet.")
MADE = _("The teams are made. Nobody has been told yet.")
MADE_BUT = _("Not everything that members asked for could be kept.")
NEWS = plural("{number} member hears of their team.", "{number} members hear of their team.")
NO_NEWS = _("There was nothing new to tell.")
WHO = _("Who changes")
AND_WHO = _("And who")
TO = _("To which team")
NEW_TEAM = _("A new team: {number}")
MOVE_SEND = _("Move them")
SWAP_SEND = _("Have them change")
MOVED = _("They are in another team. Tell the teams when you are done.")
CANNOT = _("That team is full, or meanwhile it is otherwise. Please look again.")
NOBODY = _("There is nobody whose name you can see.")
NO_MERGE = _("There are no two teams that would fit into one.")
WHICH = _("Which teams")
PAIR = _("Team {gone} joins team {kept}")
MERGE_SEND = _("Look at what it leads to")
EFFECT = _("What it leads to")
EFFECT_KEPT = _("Team {number} then")
EFFECT_TOLD = _("Members of both teams get a message.")
EFFECT_DAY = _("Members of team {gone} then meet at another part.")
MERGE_YES = _("Make them one")
MERGED = _("They are one team now, and are told so.")

# A small team
TOLD_FEW = _(
    "Team {number} of {title} has become small; members who can be seen in it: {count}. That happens; you may make two teams one."
)
TO_TEAMS = _("To the teams")

# Numbers
CAME_TITLE = _("Who came: {title}")
CAME_LINE = _("Team {number}: {came} of {all}")
CAME_NONE = _("nobody was noted")
CAME_WHAT = _("Names stand in the list of those who come, as far as members show theirs to you.")
CAME_OF = _("came to {came} of {all} dates so far")
OTHERS = _("others without a name: {count}")
CAME_TO_COME = _("to come")

# The next one
ON = _("Would go on")
AGAIN = _("Copy as a draft")
AGAIN_SAID = _("The next series is a draft. Look at its dates and words; nobody has been told.")
AGAIN_HAS = _("A draft has been made of it already.")
NOT_OVER = _("This can be done when the last date is over.")

AUDITED = {
    "event.teams_made": _("Fixed teams were made"),
    "event.teams_told": _("Fixed teams were told"),
    "event.teams_changed": _("A fixed team was changed by hand"),
    "event.teams_merged": _("Two fixed teams were made one"),
}
