"""最近何してるの? One line now and then, and the digest made of it."""

from bot.router import Router
from handlers.checkins import about, conversation, desk, home, nudges, texts
from handlers.feature import Feature

feature = Feature(
    "checkins",
    Router.merged([conversation.router, desk.router]),
    planners={nudges.PROMPT: nudges.plan_prompts, nudges.DIGEST: nudges.plan_digest},
    drawers={
        nudges.PROMPT: nudges.draw_prompt,
        nudges.DIGEST: nudges.draw_digest,
        nudges.THANKS: nudges.draw_thanks,
        nudges.TEST: nudges.draw_prompt,
    },
    manners=nudges.MANNERS,
    home=home.home,
    audited=texts.AUDITED,
    about=about.about,
    export=about.export,
    leave=nudges.leave,
    seen=nudges.leave,
    settle=nudges.settle,
)
