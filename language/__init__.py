"""Text to values, in French and in English: what a line may say, and the reading it bears best.

Readers are `(line, at) -> Span | None`: anchored, bounded, deciding nothing. `standing` tells how
each span stands among the words, a `Table` says what that means for one command, `cover` takes
the reading that leaves the least unexplained, and `text` is what remains.
"""
