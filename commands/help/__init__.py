"""Help, by topic and by command."""
