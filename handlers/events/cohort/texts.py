"""Every sentence of series for fixed teams that members read; the desk's are in `texts_desk.py`."""

from bot.language import mark as _
from bot.language import plural

# On the card of one date
ROOM = _("Fixed teams: whoever joins is in for all {count} dates.")
OPEN = _("All dates and joining")
MINE = _("All dates of my team")
YOUR_TEAM = _("Your team: {number}")
THIS_DATE = _("This date")
COME = _("{come} of {all} in your team come.")
GUEST = _("You are a guest of a team for this one date.")

# The series
WHAT = _(
    "The same team meets at every date. Whoever joins has a seat at all of them without answering again. Please read the dates before you join."
)
DATES = _("Dates")
DAYS = _("Each team meets on one of these days every time.")
TEAMS = _("Teams")
TEAMS_OF = plural("{count} team of up to {places}", "{count} teams of up to {places}")
TAKEN = _("Places taken")
TAKEN_OF = _("{taken} of {all}")
TAKEN_WAIT = _("{taken} of {all}, and {waiting} wait")
UNTIL = _("Joining until")
UNTIL_FIRST = _("the first date begins")
JOIN = _("Join all dates")
JOINED = _("You are in. The seats of all dates to come are yours.")
JOINED_TEAM = _("You are in team {number}. Its seats at all dates to come are yours.")
JOINED_LATER = _("You are in. Your dates are here as soon as the teams are made.")
WAITING = _("You wait for a place; number {place} in line. When one is free, it is kept for you for a day.")
WAIT_NO_MORE = _("Wait no more")
OFFERED = _("A place is kept for you until {until}.")
TAKE = _("Take the place")
PASS = _("Leave it to the next")
LEAVE = _("Leave the series")
LEAVE_SURE = _("Your seats at all dates to come are free for somebody else. Nobody is told why.")
LEFT = _("You have left the series. Your seats at the dates to come are free.")
LEFT_LINE = _("You do not wait any more.")
PASSED = _("Thank you. The place goes to the next.")
MISSED = _("This place is not kept for you any more. You can join again.")
LATE = _("Joining is over; the organisers can still help.")
GONE = _("This series is not there any more.")
OVER = _("This series is over.")
NOT_IN = _("You are not in this series.")
NONE_YET = _("You are in no fixed team, and wait for none.")
AS_WHOM = _("As whom do you come?")
YOU_IN = _("You are in; the teams are not made yet.")
YOU_IN_TEAM = _("You are in team {number}.")
TEAM_OF = _("Team {number}")
MEMBERS = _("In your team")

# How one date stands
LINE = _("{when}: {stands}")
STANDS = {
    "going": _("your seat"),
    "cannot": _("you do not come"),
    "offered": _("a seat is kept for you"),
    "waiting": _("you wait for a seat there"),
    "came": _("you were there"),
    "missed": _("not noted as here"),
    "off": _("does not take place"),
    "over": _("is over"),
}

# One date
ONE = _("{title}: {day}")
AWAY = _("I cannot come this time")
AWAY_SAID = _("Noted. You stay in your team; this seat is free for this one date.")
BACK = _("I can come after all")
BACK_SAID = _("Good to have you. Your seat is yours.")
BACK_WAIT = _("Somebody has the seat for this date. You are first in line for it.")
LEND = _("Offer my seat for this date")
LEND_SURE = _("Those who wait for a place are asked one after the other, each for a day. It is for this date alone.")
LENT = _("Thank you. Whoever waits is asked for this one date.")
LENT_NOBODY = _("Thank you. Nobody is waiting now; the seat is kept free.")
LEND_NOT = _("There is no seat of yours to offer at this date.")
ASK = _("Change dates with somebody")
ASK_TITLE = _("Change dates this time")
ASK_WHAT = _(
    "For this date alone you would sit with their team, and they with yours. Nothing changes until they say yes; of a no you hear nothing."
)
ASK_WHO = _("With whom")
ASK_SEND = _("Ask them")
ASK_NOBODY = _("There is nobody of another day whose name you can see.")
ASK_NOT = _("That cannot be asked any more.")
ASKED_OPEN = _("You asked to change dates; the question stands until {until}.")
ASKS = _("{name} would like to come at {theirs} and asks whether you would come at {mine} in return.")
SOMEBODY = _("Somebody of another team")
SWAP_YES = _("Yes, change dates")
SWAP_NO = _("No, keep mine")
SWAPPED = _("You have changed dates for this one time.")
SWAP_KEPT = _("Nothing has changed. Nobody is told.")
TO_SERIES = _("To all dates")

# Two dates missed
FINE = _("You were not noted at the last two dates of {title}. That is fine; is it still all right for you?")
FINE_WHAT = _("Nobody else gets this question or your answer.")
STAY = _("I stay in the team")
REST = _("I rest this time")
STAYS = _("Good. You stay in your team.")
RESTS = _("Noted: you do not come to the next date. You stay in your team.")
RESTS_NONE = _("There is no further date to rest from.")

# The end
END = _("That was the last date of {title}. Thank you for coming along.")
ON_ASK = _("Shall we go on for another such series?")
ON_YES = _("I would go on")
ON_NO = _("I stop here")
ON_SAID = _("Thank you. How many would go on is all the organisers see.")
ON_MINE = _("You would go on.")

# Messages
TOLD_OFFER = _("A place in {title} is free and kept for you until {until}.")
TOLD_LAPSED = _("The place in {title} was kept for a day and has gone to the next. You can join again.")
TOLD_TEAM = _("Your team in {title} is team {number}.")
TOLD_NEW = _("One place of your team in {title} has a new member.")
TOLD_MERGED = _("Two teams of {title} are one from now on: yours is team {number}.")
TOLD_OFF = _("{title} does not take place any more. We are sorry.")
TOLD_SWAPPED = _("You have changed dates for one date of {title}.")
PLACE_NAME = _("A place in a fixed team")
PLACE_WHY = _("you wait for a place in this series")
TEAM_NAME = _("News of your fixed team")
TEAM_WHY = _("you are in this series")
SWAP_NAME = _("Changing dates with another team")
FEW_NAME = _("A fixed team has become small")
FEW_WHY = _("you run this series")
FINE_NAME = _("Whether a fixed team is still all right for you")
FINE_WHY = _("you are in this series, and two of its dates went by")
END_NAME = _("The end of a series for fixed teams")
END_WHY = _("you were in this series to its end")

# What is kept
ABOUT = _("Fixed teams")
ABOUT_IN = _("You are in it.")
ABOUT_WAITS = _("You wait for a place.")
ABOUT_SEEN = _(
    "Your team sees your name if you show it to members; organisers see numbers, and names as in other lists."
)
EXPORT_SERIES = _("Series")
EXPORT_STATE = _("How you stand")
EXPORT_TEAM = _("Team")
