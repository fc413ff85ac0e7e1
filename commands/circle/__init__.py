"""A circle: its card, people, words and rules; its week; one's own data."""
