"""Across circles: totals, alerts, messages to all; exports and flows."""
