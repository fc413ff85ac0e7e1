"""Replies in words: a key and its values become text and HTML, in the language asked for.

Sentences live in `locales`; here they are filled, once, with values that cannot forge anything
(`speech.markup`), written as the language writes them (`speech.formats`).
"""

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import Any, Final

from jinja2 import FunctionLoader, StrictUndefined
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import pass_context

from locales import LANGUAGES, catalogue
from speech.filters import Telling
from speech.formats import Wording
from speech.markup import Marked, Said, finish, light
from speech.typography import french

_TELLING: Final = "telling"
_KEPT_FILTERS: Final = (
    *("default", "first", "last", "length", "list", "map", "sum"),
    *("reject", "rejectattr", "select", "selectattr"),
)
_TYPESET: Final[Mapping[str, Callable[[str], str]]] = {"fr": french, "en": str}


class Speech:
    """Says things in every language of the catalogue. Catalogues are read when first used."""

    def __init__(self) -> None:
        self._voices: dict[str, Voice] = {}

    def say(
        self,
        key: str,
        values: Mapping[str, object],
        language: str,
        *,
        zone: tzinfo | None,
        now: datetime,
        prefix: str = "!",
    ) -> Said:
        """The sentence of `key` filled with `values`, days and hours told in `zone`.

        `now` (zone-aware) is what words like tomorrow count from; `prefix` begins the lines to
        copy. A language without catalogue is told in the first one. Raises TemplateNotFound for
        an unknown key, UndefinedError for a missing value, TypeError for one without words.
        """
        voice = self._voice(language if language in LANGUAGES else LANGUAGES[0])
        return voice.say(key, values, now.astimezone(zone), prefix)

    def _voice(self, language: str) -> "Voice":
        if language not in self._voices:
            self._voices[language] = Voice(language, catalogue(language))
        return self._voices[language]


class Voice:
    """One language: its catalogue, compiled sentence by sentence when first said."""

    def __init__(self, language: str, sentences: Mapping[str, str]) -> None:
        self._wording = Wording(language)
        self._typeset = _TYPESET[language]
        self._environment = environment(language, sentences)

    def say(self, key: str, values: Mapping[str, object], now: datetime, prefix: str) -> Said:
        telling = Telling(self._wording, now, self._typeset, self._fill)
        return finish(self._fill(key, values, telling), telling.people, prefix)

    def _fill(self, key: str, values: Mapping[str, object], telling: Telling) -> str:
        return self._environment.get_template(key).render({**values, _TELLING: telling})


def environment(language: str, sentences: Mapping[str, str]) -> SandboxedEnvironment:
    """The Jinja environment of a catalogue: few filters, strict, every value told safely."""
    made = SandboxedEnvironment(
        loader=FunctionLoader(sentences.get),
        extensions=[light(_TYPESET[language])],
        undefined=StrictUndefined,
        finalize=_finalize,
        autoescape=False,  # `finish` escapes the whole, and no value holds a mark
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.tests["of"] = _of
    made.filters = {name: made.filters[name] for name in _KEPT_FILTERS} | FILTERS
    return made


def _of(key: str, *families: str) -> bool:
    """`"action.add" is of("action")`: a key of one of these families."""
    return key.partition(".")[0] in families


def _telling(context: Context) -> Telling:
    telling = context[_TELLING]
    if not isinstance(telling, Telling):
        raise TypeError("a sentence is said by Speech alone")
    return telling


@pass_context
def _finalize(context: Context, value: object) -> str:
    return _telling(context).tell(value)


def _filter(method: Callable[..., str]) -> Callable[..., str]:
    """A method of `Telling` as a Jinja filter."""

    @pass_context
    def applied(context: Context, *args: Any, **kwargs: Any) -> str:
        return Marked(method(_telling(context), *args, **kwargs))

    return applied


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    method.__name__: _filter(method)
    for method in (
        Telling.clock,
        Telling.daymonth,
        Telling.numeric,
        Telling.effort,
        Telling.either,
        Telling.listed,
        Telling.month,
        Telling.near,
        Telling.period,
        Telling.pill,
        Telling.plural,
        Telling.recurrence,
        Telling.short,
        Telling.span,
        Telling.weekday,
        Telling.word,
    )
}
