"""What the words of the command line refuse by themselves."""


class AskedError(Exception):
    """What was asked for cannot be done; its text says why in one line, and what can."""
