"""Replies become letters: texts, pictures and files, as they leave through the outbox."""
