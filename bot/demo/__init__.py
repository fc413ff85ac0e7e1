"""The demonstration: a homeserver of its own, people, and a piece of a circle's life."""
