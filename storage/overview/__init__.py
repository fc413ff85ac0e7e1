"""Many circles at once, for the coordination."""
