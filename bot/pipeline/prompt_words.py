"""What answers a question in one sign or word: yes, no, a number; in French and in English."""

from typing import Final

from bot.pipeline.addressed import emoji
from circle.prompts import HOLE, Prompt
from circle.text import squash
from commands import COMMANDS
from commands.kernel.reply import Remedy
from commands.reading.line import Found, find

SECRET: Final = frozenset({"vote.cast", "vote.object"})
"""Commands that no reaction answers for: it travels in clear, also in encrypted rooms."""

_KEYCAP: Final = "\u20e3"
_MARKS: Final = " \u00a0\u202f.,;!"
_YES: Final = frozenset({"✅", "👍", "✔"})
_NO: Final = frozenset({"❌", "👎"})
_YES_WORDS: Final = frozenset(map(squash, ("oui", "ok", "yes", "d'accord", "o", "y")))
_NO_WORDS: Final = frozenset(map(squash, ("non", "no", "stop", "n")))


def drops(said: str) -> bool:
    """Whether a sign or a word leaves it at that."""
    return emoji(said.strip()) in _NO or squash(said.strip(_MARKS)) in _NO_WORDS


def takes(said: str) -> bool:
    """Whether a sign or a word says yes."""
    return emoji(said.strip()) in _YES or squash(said.strip(_MARKS)) in _YES_WORDS


def chosen(prompt: Prompt, said: str) -> str | None:
    """The line that a sign or a word takes among those of the question."""
    if len(prompt.choices) == 1 and takes(said):
        return prompt.choices[0]
    sign = emoji(said.strip()).removesuffix(_KEYCAP).removesuffix(".")
    number = int(sign) if len(sign) == 1 and sign.isdecimal() else 0
    return prompt.choices[number - 1] if 1 <= number <= len(prompt.choices) else None


def filled(prompt: Prompt, said: str) -> tuple[str, ...]:
    """The lines that these words may complete, likeliest first."""
    return tuple(blank.replace(HOLE, said) for blank in prompt.blanks)


def meant(line: str, remedy: Remedy, prefix: str) -> str:
    """The key of the command that a line was meant for, "" where it names none."""
    for one in (line, *remedy.lines):
        found = find(one, prefix, COMMANDS)
        if isinstance(found, Found):
            return found.command.key
    return ""


def is_secret(prompt: Prompt) -> bool:
    """Whether a reaction, which travels in clear, would tell what nobody is to know."""
    return prompt.command in SECRET
