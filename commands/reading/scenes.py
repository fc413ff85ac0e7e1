"""What a command's reader knows around its line, as the readers of spans want it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from circle.circles import Workstream
from circle.people import Person
from commands.kernel.command import KnownNames
from commands.reading.people import people_alike, with_alike
from commands.reading.slots import Around
from language.scene import Scene, SceneNames, known_as, names

_NO_TIME = datetime.min.replace(tzinfo=UTC)


def scene_of(around: Around) -> Scene:
    """The names, the instant and the speaker that the words of a line may mean."""
    return replace(
        _named(around.known),
        now=around.now,
        language=around.rules.language,
        minutes_per_day=around.rules.minutes_per_day,
        speaker=around.speaker,
        pills=_pills(around),
        manages=around.manages,
    )


@lru_cache(maxsize=8)
def _named(known: KnownNames) -> Scene:
    """The names alone: once a line, however many lines are tried to put it right."""
    return Scene(
        now=_NO_TIME,
        people=_people(known),
        accounts=_accounts(known),
        structures=names((one for one in known.others if one.structure), _name),
        workstreams=names(known.workstreams, _stream_name),
        funders=names(known.funders, str),
        lasts=known.lasts,
        meetings=known.meetings,
    )


def _name(one: Person) -> str:
    return one.name


def _stream_name(one: Workstream) -> str:
    return one.name


def _people(known: KnownNames) -> SceneNames[Person]:
    """Those of a name, here or gone, with or without account: nobody takes another's by chance."""
    others = (one for one in known.others if not one.structure)
    found = names((*(one.person for one in known.members), *others), _name)
    return known_as(_with_alike(found.known, known))


def _accounts(known: KnownNames) -> SceneNames[Person]:
    """`@bob`, by the account or the name shown, and the whole id."""
    people = tuple(one.person for one in known.members if one.person.matrix_id)
    whole = names(people, lambda one: one.matrix_id or "")
    local = names(people, lambda one: (one.matrix_id or "").partition(":")[0])
    shown = names(people, lambda one: f"@{one.name}")
    either = {
        key: tuple(dict.fromkeys((*found, *shown.known.get(key, ()))))
        for key, found in local.known.items()
    }
    return known_as({**_with_alike(either, known), **whole.known})


def _with_alike(
    found: Mapping[str, tuple[Person, ...]], known: KnownNames
) -> Mapping[str, tuple[Person, ...]]:
    others = people_alike(known)
    if not others:
        return found
    return {key: with_alike(people, others) for key, people in found.items()}


def _pills(around: Around) -> SceneNames[Person]:
    if not around.mentions:
        return SceneNames()
    by_account = {one.person.matrix_id: one.person for one in around.known.members}
    shown = [
        (text, by_account[user]) for text, user in around.mentions.items() if user in by_account
    ]
    found = names(shown, lambda pair: pair[0])
    return known_as({key: tuple(one for _, one in pairs) for key, pairs in found.known.items()})
