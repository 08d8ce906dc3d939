"""Alembic runs this; the connection comes from `db.migrate`, which holds the lock."""

from alembic import context

from db.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,  # SQLite can, though Alembic doesn't expect it
)
with context.begin_transaction():
    context.run_migrations()
