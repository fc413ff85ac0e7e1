"""Meetings: scheduled, moved, attended, told ahead."""
