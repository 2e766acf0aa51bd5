"""The steps from one shape of the tables to the next; `feeds.store.database.schema` runs them."""

HEAD = "0011"
"""The newest step. A store that stands there is opened without loading Alembic."""
