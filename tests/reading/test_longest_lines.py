"""The longest lines cost no more than a short while of processor, whatever they hold."""

from contextlib import suppress
from time import process_time

import pytest

from commands.kernel.reply import Refusal

UNITS = (
    *("8/12 18h ", "jusqu'à du ", "12 € + ", "pour bob et ", "(((("),
    *("mardi et ", "@a ", "12-", "½ "),
)
COMMANDS = ("contribution 2h ", "action ", "vote Q ? ", "réunion X ", "rappel ", "choix Q : ")
SECONDS = 1.5
"""Ten times what it takes alone on this kind of machine."""


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("unit", UNITS)
def test_a_longest_line_is_read_or_refused_at_once(read, command, unit):
    line = f"!{command}{unit * (2500 // len(unit))}"
    begun = process_time()
    with suppress(Refusal):
        read(line)
    assert process_time() - begun < SECONDS


def test_of_many_values_a_few_are_proposed(refusal):
    """Each proposal is read again: with all of them, three hundred characters took 0.26 s."""
    remedy = refusal("!contribution 2h affiches " + "100 € &amp;" * 26).remedy
    assert remedy is None or len(remedy.lines) <= 5
