"""Alembic's way in: it runs inside the transaction that `db.engine.migrate` holds."""

from alembic import context
from sqlmodel import SQLModel

import db.tables  # noqa: F401  (its import fills the metadata)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the transaction is the caller's
)
context.run_migrations()
