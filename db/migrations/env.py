"""Alembic's entrance: runs the versions on the connection that the caller has put into the configuration."""

from __future__ import annotations

from alembic import context

from db.migrations import include_object
from db.models import METADATA
from db.views import create_views, drop_views

connection = context.config.attributes["connection"]

# A table cannot be rebuilt under a view, so every upgrade runs without views and makes them again.
drop_views(connection)
context.configure(
    connection=connection,
    target_metadata=METADATA,
    include_object=include_object,
    render_as_batch=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
create_views(connection)
