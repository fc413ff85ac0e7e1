"""Votes, their ballots, and what they left when they closed."""
