"""The roster: imports, whom not to invite, and who is on it."""

from bot.router import Router
from handlers.feature import Feature
from handlers.roster import conversation, people, texts

feature = Feature(
    "roster",
    Router.merged([conversation.router, people.router]),
    desk=conversation.desk,
    audited=texts.AUDITED,
    files={conversation.CORRECTIONS: conversation.corrections_file},
)
