"""Run migrations on the database that the configuration names."""

from alembic import context

from meetings.models import Base, Database

database = Database(context.config.get_main_option("sqlalchemy.url") or "")

with database.writer.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        render_as_batch=True,
        user_module_prefix="base.",
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
database.close()
