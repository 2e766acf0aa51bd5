"""Run the steps on the connection that `feeds.store.database.schema` holds open, inside its transaction."""

from alembic import context

from feeds.store.database.indexes import tables_for

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables_for(context.config.attributes["connection"].dialect.name),
    render_as_batch=True,  # SQLite changes a table by building it anew
)
context.run_migrations()
