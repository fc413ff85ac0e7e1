"""What the operator gets wrong ends in one line: the rule, asked of a word that has ended."""

SECRET = "hush-hush"
LONGEST = 200
WITHIN = 60
"""Seconds, on a busy machine; what takes longer says that it waits."""


def line_of(done, word, status, *named):
    """The one line that a word ended with; it names what was found and what to do."""
    *logged, line = done.err.splitlines()
    assert done.status == status, done.err
    assert all(line.startswith("{") for line in logged), done.err
    assert len(line) <= LONGEST
    assert line.startswith(f"souci {word}: ")
    assert "Traceback" not in done.err
    assert SECRET not in done.out + done.err
    assert [fragment for fragment in named if fragment not in line] == [], line
    return line
