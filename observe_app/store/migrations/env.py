"""Alembic's entry: runs the steps on the connection it is given, inside that connection's transaction."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    render_as_batch=True,
    transaction_per_migration=False,
    transactional_ddl=True,
)
context.run_migrations()
