"""The first schema, a family of tables a file."""
