"""Invitations: waves of the roster, one link at a time, referrals, and links for leavers."""

from bot.router import Router
from handlers.feature import Feature
from handlers.invite import conversation, desk, drafts, links, nudges, texts, waves

feature = Feature(
    "invite",
    Router.merged([conversation.router, waves.router, drafts.router, links.router]),
    drawers={nudges.READY: nudges.draw_ready},
    manners=nudges.MANNERS,
    home=desk.home,
    desk=desk.desk,
    audited={
        "wave.asked": texts.AUDIT_ASKED,
        "wave.approved": texts.AUDIT_APPROVED,
        "wave.stopped": texts.AUDIT_STOPPED,
        "link.made": texts.AUDIT_MADE,
        "link.approved": texts.AUDIT_LINK_APPROVED,
        "link.declined": texts.AUDIT_LINK_DECLINED,
        "link.sent": texts.AUDIT_SENT,
        "link.revoked": texts.AUDIT_REVOKED,
        "leaver.made": texts.AUDIT_LEAVER,
        "invite.texts": texts.AUDIT_TEXTS,
        "invite.settings": texts.AUDIT_SETTINGS,
    },
)
