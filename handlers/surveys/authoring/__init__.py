"""Writing, opening and stopping sealed surveys.

`rules.py`, `files.py` and `templates.py` are pure; `drafts.py` keeps and shows a draft, `conversation.py` changes it,
`sending.py` takes files and whole texts, `previewing.py` tries it; `publishing.py` opens it, `announcing.py` tells of
it, `trustees.py` asks for passphrases, `stopping.py` ends it unread, `standing.py` says how things stand.
"""

from bot.router import Router
from handlers.surveys.authoring import conversation, previewing, publishing, sending, stopping, trustees
from handlers.turn import Turn

PARTS = (conversation, sending, previewing, publishing, trustees, stopping)
router: Router[Turn] = Router.merged(part.router for part in PARTS)
