"""The names of a circle are gone through once a line, however many lines are tried to mend it."""

from dataclasses import replace

import pytest

from tests.reading.conftest import KNOWN


class _Counted(tuple):  # noqa: SLOT001 - a tuple can count in its own dictionary only
    """Members that count how often they are gone through."""

    walks = 0

    def __iter__(self):
        self.walks += 1
        return super().__iter__()


@pytest.mark.parametrize(
    "line",
    [
        "!contribution 2h prépa + 1h rangement",
        "!contribution 2h tri la semaine dernière",
        "!action Peindre budget 2027",
    ],
)
def test_the_names_of_a_circle_are_gone_through_once_where_a_line_is_asked_about(
    read, refusal, line
):
    read_at_once, asked = _Counted(KNOWN.members), _Counted(KNOWN.members)
    read("!contribution 2h affiches", known=replace(KNOWN, members=read_at_once))
    assert len(refusal(line, known=replace(KNOWN, members=asked)).values["lines"]) > 1
    assert asked.walks == read_at_once.walks
