"""The install: its communities, and the workspaces they live in."""

import sqlalchemy as sa

from storage.tables.base import Instant, key, metadata, of_community, sealed, text

keycheck = sa.Table(
    "keycheck", metadata, key("id", sa.Integer), sealed("mark")
)  # one row: which tag key we were made with

community = sa.Table(
    "community",
    metadata,
    key("id"),
    text("name", 200),
    text("kind", 16),  # ally, alumni, peers, alliance: a preset of settings
    text("language", 8),
    text("zone", 64),
    sealed("settings_sealed"),  # JSON by feature name; each feature reads and checks its own
)

install = sa.Table(  # which communities live in a workspace or tenant
    "install",
    metadata,
    of_community(),
    key("surface", sa.String(16)),
    key("tenant", sa.String(64)),
    sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Index("ix_install_surface_tenant", "surface", "tenant"),
)

slack_install = sa.Table(  # a workspace that installed the app by OAuth; taken out: no row
    "slack_install",
    metadata,
    key("tenant", sa.String(64)),
    sealed("access_sealed"),  # JSON: who we are there, token, refresh token
    sa.Column("access_tag", sa.LargeBinary(32), nullable=False),  # of the token, to tell it from its successor
    sa.Column("expires_at", Instant),  # of the token; none: it does not
    sa.Column("installed_at", Instant, nullable=False),
    sa.Column("renewing_until", Instant),  # a replica is about to replace the tokens
)

slack_errand = sa.Table(  # somebody on their way through OAuth; using the secret deletes the row
    "slack_errand",
    metadata,
    key("tag", sa.LargeBinary(32)),
    sa.Column("installer_sealed", sa.LargeBinary),  # str(Handle); none before they come back from Slack
    sa.Column("expires_at", Instant, nullable=False),
)
