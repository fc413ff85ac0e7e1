"""Alembic's migrations: what the schema was at each version. They import nothing of ours."""
