"""Run by Alembic: `storage/schema.py` hands over an open connection, so there is no second place that knows the URL."""

# ruff: noqa: INP001 - Alembic runs it by its path

from alembic import context

from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by making it anew
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
