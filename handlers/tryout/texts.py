"""Every sentence of the try-out and its tour."""

from bot.language import mark as _
from bot.language import plural

# What moving the clock brought, by kind of message
BROUGHT = {
    "checkins.prompt": plural(
        "“What have you been up to?” went out once.", "“What have you been up to?” went out {count} times."
    ),
    "checkins.digest": plural("A digest is on the board.", "{count} digests are on the board."),
    "checkins.thanks": plural(
        "{count} author heard how their news was received.", "{count} authors heard how their news was received."
    ),
    "welcome.step": plural("{count} letter to somebody new went out.", "{count} letters to somebody new went out."),
}
BROUGHT_ELSE = plural("{count} message was delivered.", "{count} messages were delivered.")
BROUGHT_YOU = plural("{count} of them is for you: see the letters.", "{count} of them are for you: see the letters.")
BROUGHT_NOTHING = _("Nothing was due.")

# The tour
TITLE = _("A quarter with {community}")
LEAD = _("{count} fictional people. Every screen is what Enishi really answers; nothing is kept.")
FILE = _("{name} of the secretariat types {command} and chooses a file of 600 people who left. Nothing is kept yet.")
IMPORTED = _("{name} presses “{label}”. They are on the roster; nobody has heard of it.")
WAVE = _("{name} types {command} and picks those with the tag {tag}.")
APPROVED = _("{name}, also of the secretariat, looks at the names and presses “{label}”.")
DRAFT = _("{name} gets a draft for each of them, with a link that is theirs alone.")
SENT = _("{name} sends it from their own mail, and presses “{label}”.")
INVITED = _("{name} opens the link. First it says what is kept, and who sees it.")
JOINED = _("{name} fills in what they like, and is a member.")
FIRST_LETTER = _("It is {day}. A first letter has come for {name}; one tap says what brings them here.")
HOME = _("{name} opens the home page.")
QUARTER = _("The clock moves on by a quarter, to {day}. A letter has come for {name}.")
PRESS = _("{name} presses “{label}”.")
LONG = _("{name} writes too much. The form says so, and keeps every word.")
SHORT = _("{name} sends one line instead, for everyone to read.")
ENOUGH = _("One such letter is enough for {name}, who presses “{label}”.")
WHY = _("{name} types {command}: why each message came, what is to come, and what was held back.")
SUMS = _("{name} types {command}. Every message that was planned is in one of the sums.")
DIGEST = _("It is {day}, the day of the digest. It appears where everybody reads it.")
READ = _("{name} reads English, and has the same digest in English.")
THANKS = _("It is {day}. All reactions reach {name} in one letter.")
DESK = _("{name} of the secretariat types {command}.")
PREVIEW = _("{name} looks at what would go out: counts, never words.")
MONTHLY = _("{name} has everybody asked every month instead.")
EVENING = _("{name} types {command} and signs up for an evening of two parts. All twenty seats are taken.")
EVENING_FREED = _(
    "A week passes. {count} others find that they cannot come. Their seats go down the line; {name} has one."
)
EVENING_SHEET = _("{name}, who runs the evening, types {command}: all that is needed on the day.")
EVENING_HERE = _("It is the evening itself. {name} stands at the door and presses “{label}”.")
EVENING_DOOR = _("Others have arrived, too. {name} types {command}.")
EVENING_AFTER = _("The day after, a letter asks {name} for three small things.")
PITCHES = _("{name} types {command}, signs up for a pitch evening, and chooses what to talk about.")
PITCHES_GROUPS = _(
    "{name}, who runs it, presses “{label}”: by theme, of even sizes, mixed. Nobody has heard of it yet."
)
PITCHES_TOLD = _("{name} presses “{label}”. A letter tells {member} with whom, how long, and what to begin with.")
PITCHES_PROGRAMME = _("{name} gives the slots that are left, and tells the presenters. The programme stands.")
SURVEY_NEW = _("{name} types {command}, begins with a template, and sees what will be frozen. Everybody will be asked.")
SURVEY_OPENED = _("{name} presses “{label}”. From now on nothing of it changes, and nobody can look into the box.")
SURVEY_FORM = _("{name} types {command}. What is promised stands before the first question.")
SURVEY_CODE = _(
    "{name} sends it. The answer is sealed; a code, shown this once, lets {name} check later that it was counted."
)
SURVEY_OTHERS = _(
    "{count} others answer. {changes} changes the answer, {withdraws} takes it back; nobody else can tell."
)
SURVEY_REMINDED = _(
    "Before the last day comes a reminder. {name} has answered, and this page says the same to everybody."
)
SURVEY_RESULTS = _("The last day passes. The box was opened once, and its key destroyed. {name} types {command}.")
SURVEY_CHECK = _("{name} types {command} and the code.")
SURVEY_WORDS = _("It was good to see so many again.")
END = _("This is the end of the tour. The same in a browser: {command}")
NEWS = _("I took a stall at the pottery market. Seven tea bowls found a home.")
KEPT = plural("… {count} character in all", "… {count} characters in all")
