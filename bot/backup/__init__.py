"""A backup taken while the bot runs, and put back where there is nothing."""
