"""The same commands, rules, store and scheduler, with no homeserver."""
