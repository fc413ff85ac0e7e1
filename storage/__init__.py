"""The store: tables, rows to values and back, the unit of work; inbox, outbox, jobs."""
