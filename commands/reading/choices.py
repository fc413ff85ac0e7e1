"""One word, or a few, among those a command knows."""

import re
from dataclasses import dataclass
from typing import Generic, TypeVar

from circle.circles import CircleKind, CircleState
from circle.people import Role
from circle.text import inclusive, squash
from commands.reading.slots import Around, Label, Value
from commands.reading.words import Piece

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A value and what people say for it: the French word, the English one, then other ones."""

    value: T
    fr: str
    en: str
    others: tuple[str, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        said = (self.fr, self.en, *self.others)
        return frozenset(map(squash, said)) | frozenset(map(inclusive, said))


def choice(*answers: Answer[T], label: Label | None = None) -> Value[T]:
    """One of these answers: `choice(Answer(True, "oui", "yes"), Answer(False, "non", "no"))`."""
    keys = {key: answer.value for answer in answers for key in answer.keys}

    def read(piece: Piece, _around: Around) -> T | None:
        said = squash(piece.text)
        return keys.get(said if said in keys else inclusive(piece.text))

    def near(_piece: Piece, around: Around) -> tuple[str, ...]:
        french = around.rules.language == "fr"
        return tuple(answer.fr if french else answer.en for answer in answers)

    fr, en = "|".join(a.fr for a in answers), "|".join(a.en for a in answers)
    return Value(
        label=label or Label(fr, en),
        read=read,
        wrong="choice.unknown",
        missing="choice.missing",
        width=4,
        near=near,
    )


KIND = choice(
    Answer(CircleKind.TERRITORIAL, "territorial", "territorial", ("territoriale",)),
    Answer(CircleKind.THEMATIC, "thématique", "thematic"),
)
STATE = choice(
    Answer(CircleState.PLANNED, "en préfiguration", "planned", ("préfiguration",)),
    Answer(CircleState.EMERGING, "émergent", "emerging", ("émergente",)),
    Answer(CircleState.ACTIVE, "actif", "active", ("active",)),
    Answer(CircleState.DORMANT, "en sommeil", "dormant", ("sommeil",)),
    Answer(CircleState.CLOSED, "clos", "closed", ("close",)),
)
LANGUAGE = choice(
    Answer("fr", "fr", "fr", ("français", "french", "francais")),
    Answer("en", "en", "en", ("anglais", "english")),
)
YES_NO = choice(
    Answer(True, "oui", "yes", ("on", "vrai", "true", "activé", "1")),
    Answer(False, "non", "no", ("off", "faux", "false", "désactivé", "0")),
)
PRO_BONO = choice(Answer(True, "bénévole", "pro bono", ("probono",)))
SECRET = choice(Answer(True, "secret", "secret"))
RESULTS = choice(
    Answer(True, "résultats cachés", "hidden results"),
    Answer(False, "résultats visibles", "visible results"),
)

_ROLES = (
    (Role.STEWARD, re.compile(r"soucieu(?:x|se|xse)s?|stewards?")),
    (
        Role.CONTRIBUTOR,
        re.compile(r"contribut(?=e|t|r|i)(?:eurs?)?(?:[rt]?rices?|ices?)?|contributors?"),
    ),
    (Role.PARTICIPANT, re.compile(r"participante?s?|participants?")),
)
_ROLE_WORDS = choice(
    Answer(Role.STEWARD, "soucieux", "steward"),
    Answer(Role.CONTRIBUTOR, "contributeur", "contributor"),
    Answer(Role.PARTICIPANT, "participant", "participant"),
)


def role(piece: Piece, _around: Around) -> Role | None:
    """A role in any inclusive form: `soucieux·se`, `soucieuse`, `contributeurices`, and so on."""
    word = inclusive(piece.text)
    return next((one for one, form in _ROLES if form.fullmatch(word)), None)


ROLE: Value[Role] = Value(
    label=_ROLE_WORDS.label,
    read=role,
    wrong="choice.unknown",
    missing="choice.missing",
    width=1,
    near=_ROLE_WORDS.near,
)
