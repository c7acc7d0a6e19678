"""What became of what was sent: `/enishi-admin deliveries`, by batch, in counts."""

from handlers.deliveries import desk, texts
from handlers.feature import Feature
from storage.people import Area

feature = Feature(
    "deliveries",
    desk.router,
    desk=desk.waiting,
    desk_area=Area.CONTENT,
    audited={"deliveries.again": texts.AUDIT_AGAIN},
)
