"""The Matrix shell: the only part of the house that knows the network and imports nio."""
