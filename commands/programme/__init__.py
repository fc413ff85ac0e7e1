"""The programme of a circle: its actions, taken, moved forward, done."""
