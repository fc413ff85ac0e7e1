"""What can go wrong in the demonstration, told in one line."""


class DemoError(RuntimeError):
    """An answer that did not come, or not as expected; a bot or a client that ended."""
