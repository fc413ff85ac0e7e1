"""All that is special to SQLite, behind the three functions of `engine` (docs/storage.md).

`files` and `faults` are for what looks at a database as a file, without a transaction.
"""
