"""`souci setup`: a configuration made by a few questions."""
