"""Reminders that people set, and what is looked at each morning."""
