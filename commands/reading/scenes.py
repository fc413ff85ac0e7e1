"""What a command's reader knows around its line, as the readers of spans want it."""

from collections.abc import Mapping

from circle.circles import Workstream
from circle.people import Person
from commands.reading.people import people_alike, with_alike
from commands.reading.slots import Around
from language.scene import Scene, SceneNames, known_as, names


def scene_of(around: Around) -> Scene:
    """The names, the instant and the speaker that the words of a line may mean."""
    known = around.known
    others = tuple(one for one in known.others if not one.structure)
    return Scene(
        now=around.now,
        language=around.rules.language,
        minutes_per_day=around.rules.minutes_per_day,
        speaker=around.speaker,
        people=_people(around, others),
        accounts=_accounts(around),
        pills=_pills(around),
        structures=names((one for one in known.others if one.structure), _name),
        workstreams=names(known.workstreams, _stream_name),
        funders=names(known.funders, str),
        lasts=known.lasts,
        meetings=known.meetings,
        manages=around.manages,
    )


def _name(one: Person) -> str:
    return one.name


def _stream_name(one: Workstream) -> str:
    return one.name


def _people(around: Around, others: tuple[Person, ...]) -> SceneNames[Person]:
    """Those of a name, here or gone, with or without account: nobody takes another's by chance."""
    found = names((*(one.person for one in around.known.members), *others), _name)
    return known_as(_with_alike(found.known, around))


def _accounts(around: Around) -> SceneNames[Person]:
    """`@bob`, by the account or the name shown, and the whole id."""
    people = tuple(one.person for one in around.known.members if one.person.matrix_id)
    whole = names(people, lambda one: one.matrix_id or "")
    local = names(people, lambda one: (one.matrix_id or "").partition(":")[0])
    shown = names(people, lambda one: f"@{one.name}")
    either = {
        key: tuple(dict.fromkeys((*found, *shown.known.get(key, ()))))
        for key, found in local.known.items()
    }
    return known_as({**_with_alike(either, around), **whole.known})


def _with_alike(
    found: Mapping[str, tuple[Person, ...]], around: Around
) -> Mapping[str, tuple[Person, ...]]:
    others = people_alike(around.known)
    if not others:
        return found
    return {key: with_alike(people, others) for key, people in found.items()}


def _pills(around: Around) -> SceneNames[Person]:
    by_account = {one.person.matrix_id: one.person for one in around.known.members}
    shown = [
        (text, by_account[user]) for text, user in around.mentions.items() if user in by_account
    ]
    found = names(shown, lambda pair: pair[0])
    return known_as({key: tuple(one for _, one in pairs) for key, pairs in found.known.items()})
