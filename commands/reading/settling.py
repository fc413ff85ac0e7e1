"""What some spans that fill one field are worth together."""

from collections.abc import Mapping

from circle.refs import Kind as Thing
from commands.reading.doubts import Doubt, twice
from commands.reading.rows import Settle
from language.spans import Span


def hourly(said: tuple[Span, ...], values: Mapping[str, object]) -> object:
    """What is asked; a rate by the hour times the hours that were told."""
    if len(said) > 1:
        raise twice(said)
    minutes = values.get("minutes")
    if said[0].how == "hourly" and isinstance(minutes, int):
        return (said[0].value * minutes + 30) // 60
    return said[0].value


def one_person(said: tuple[Span, ...], _values: Mapping[str, object]) -> object:
    """Who worked: one person a declaration."""
    people = tuple(dict.fromkeys(one for span in said for one in span.value))
    if len(people) > 1:
        raise Doubt("who.several", said[0].start, said[-1].end)
    return people[0]


def together(said: tuple[Span, ...], _values: Mapping[str, object]) -> object:
    """All the values that are said, each once."""
    introduced = {repr(span.value) for span in said if span.lead in ("pour", "for")}
    if len(introduced) > 1:
        raise twice(said)
    values = (one if isinstance(one, tuple) else (one,) for one in (span.value for span in said))
    return tuple(dict.fromkeys(value for several in values for value in several))


def of_kinds(*kinds: Thing) -> Settle:
    """An id of one of these kinds; of another one, it is told."""

    def settle(said: tuple[Span, ...], _values: Mapping[str, object]) -> object:
        refs = tuple(dict.fromkeys(span.value for span in said))
        for span in said:
            if span.value.kind not in kinds:
                values = {"id": span.value, "kinds": kinds}
                raise Doubt("id.wrong-kind", span.start, span.end, values)
        if len(refs) > 1:
            raise twice(said)
        return refs[0]

    return settle
