"""The secretariat's desk: what waits today, how many came how far, who has which role, and what was done."""

from bot.router import Router
from handlers.desk import audit, conversation, nudges, roles, texts
from handlers.feature import Feature

feature = Feature(
    "desk",
    Router.merged([conversation.router, roles.router, audit.router]),
    planners={nudges.ALONE: nudges.plan_alone},
    drawers={nudges.ALONE: nudges.draw_alone, nudges.ROLE: nudges.draw_role},
    manners=nudges.MANNERS,
    audited={f"role.{role}": words for role, words in texts.GAVE.items()},
    settle=nudges.settle,
)
