"""The bot on its homeserver, put together: what the rest of the house sees of Matrix."""
