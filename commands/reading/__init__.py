"""From the words of a line to the frozen arguments of a command (LANGUAGE: reading a line)."""
