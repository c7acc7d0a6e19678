"""Results of sealed surveys: what may be shown, to the secretariat and then to members.

`change.py` decides what shown shares tell, `reading.py` puts a survey's figures in words, `looking.py` says who may see
which, `cards.py` draws them; `conversation.py` and `ideas.py` are the secretariat's, `members.py` everybody's,
`files.py` makes the tables to take along, and `nudges.py` tells that a survey has ended.
"""

from bot.router import Router
from handlers.surveys.results import conversation, ideas, members
from handlers.turn import Turn

router: Router[Turn] = Router.merged([conversation.router, ideas.router, members.router])
