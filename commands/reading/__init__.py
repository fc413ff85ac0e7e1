"""From a line's words to a command's frozen arguments (docs/words.md: Reading a line)."""
