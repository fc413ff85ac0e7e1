"""Pages for MOVILAB, a MediaWiki: a circle and its actions (docs/domain.md: Reports).

Plain wikitext, or the templates that the operator named. No amount of a person, and no name but of
who agreed to be named outside their circles.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from circle.actions import Action
from circle.extracts import Extract
from circle.people import Person, Role
from circle.refs import Kind as RefKind
from reports.columns import Words, ref
from reports.receipts import slug

# What MediaWiki may take for its own marks, wherever it stands.
_MARKS: Final = re.compile(r"[&<>\[\]{}|~'=\"]|_(?=_)|(?<=_)_")
_AT_START: Final = re.compile(r"^[*#:;=!+\- ]+")
_ADDRESS: Final = re.compile(r"@[^\s:@]+:[^\s:@]+\.[^\s@]+|@[^\s:@]+:localhost")
_LINK: Final = re.compile(r"(?i)\b(https?|ftps?|mailto|news|irc|sip|tel|magnet)(:)")
_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
CircleField = Literal["name", "kind", "state", "stewards", "workstreams"]
ActionField = Literal["title", "circle", "holders", "state", "budget", "workstream", "due"]
CIRCLE_FIELDS: Final[tuple[CircleField, ...]] = get_args(CircleField)
ACTION_FIELDS: Final[tuple[ActionField, ...]] = get_args(ActionField)


@dataclass(frozen=True, slots=True)
class Page:
    """A page to paste: the name of its file, its text."""

    file: str
    text: str


def escaped(text: str) -> str:
    """A text on one line, of which MediaWiki makes nothing but itself."""
    line = " ".join(_UNSEEN.sub(" ", text).split())
    marked = _MARKS.sub(_entity, line)
    linked = _LINK.sub(lambda found: f"{found[1]}{_entity(found, 2)}", marked)
    return _AT_START.sub(lambda found: "".join(map(_coded, found[0])), linked)


def pages(extract: Extract, words: Words) -> tuple[Page, ...]:
    """The page of a circle with its table of actions, then a page an action."""
    writer = _Writer(extract, words)
    name = slug(extract.circle.name)
    of_actions = (
        Page(f"{name}-{ref(RefKind.ACTION, one.number)}-{slug(one.title)}.wiki", writer.action(one))
        for one in extract.actions
    )
    return (Page(f"{name}.wiki", writer.circle()), *of_actions)


@dataclass(frozen=True, slots=True)
class _Writer:
    extract: Extract
    words: Words

    def circle(self) -> str:
        """Heading, facts, the table of actions, categories."""
        movilab = self.extract.circle.rules.reporting.movilab
        facts = self._facts(
            movilab.circle_template, movilab.circle_fields, self._of_circle(), CIRCLE_FIELDS
        )
        heading = f"== {self._say('movilab.actions')} =="
        table = self._table() if self.extract.actions else self._say("movilab.no-action")
        return self._page(facts, heading, table)

    def action(self, action: Action) -> str:
        """Facts of one action, categories."""
        movilab = self.extract.circle.rules.reporting.movilab
        facts = self._facts(
            movilab.action_template, movilab.action_fields, self._of_action(action), ACTION_FIELDS
        )
        return self._page(facts)

    def _page(self, *parts: str) -> str:
        named = self.extract.circle.rules.reporting.movilab.categories
        lines = "\n".join(f"[[{self._say('movilab.category')}:{one}]]" for one in named)
        return "\n\n".join([*parts, *([lines] if lines else [])]) + "\n"

    def _facts(
        self,
        template: str | None,
        fields: Mapping[str, str],
        values: Mapping[str, str],
        order: Sequence[str],
    ) -> str:
        if template is None:
            return self._plain(values, order)
        lines = [
            f"| {fields.get(key, self._say(f'movilab.{key}'))} = {escaped(values[key])}"
            for key in order
        ]
        return "\n".join([f"{{{{{template}", *lines, "}}"])

    def _plain(self, values: Mapping[str, str], order: Sequence[str]) -> str:
        first, *others = order
        lines = [f"= {escaped(values[first])} ="]
        lines += [
            f"* '''{self._say(f'movilab.{key}')}''' {escaped(values[key])}"
            for key in others
            if values[key]
        ]
        return "\n".join(lines)

    def _table(self) -> str:
        titles = ("action", "holders", "state", "budget", "comments")
        head = " !! ".join(self._say(f"movilab.{key}") for key in titles)
        rows = [row for one in self.extract.actions for row in ("|-", self._row(one))]
        return "\n".join(['{| class="wikitable"', f"! {head}", *rows, "|}"])

    def _row(self, action: Action) -> str:
        values = self._of_action(action)
        told = (values["title"], values["holders"], values["state"], values["budget"])
        comments = ", ".join(filter(None, (values["workstream"], values["due"])))
        return "| " + " || ".join(escaped(one) or "&#8212;" for one in (*told, comments))

    def _of_circle(self) -> dict[str, str]:
        circle, day = self.extract.circle, self.extract.at.date()
        stewards = [
            member.person
            for member in self.extract.members
            if member.joined and member.role_on(day) is Role.STEWARD
        ]
        return {
            "name": public(circle.name),
            "kind": self.words.word(circle.kind),
            "state": self.words.word(circle.state),
            "stewards": self._named(stewards),
            "workstreams": ", ".join(public(one.name) for one in self.extract.workstreams),
        }

    def _of_action(self, action: Action) -> dict[str, str]:
        stream = self.extract.workstream(action.workstream)
        return {
            "title": public(action.title),
            "circle": public(self.extract.circle.name),
            "holders": self._named(action.holders),
            "state": self.words.word(action.state),
            "budget": self._budget(action),
            "workstream": public(stream.name) if stream else "",
            "due": self._say("movilab.until", due=action.due) if action.due else "",
        }

    def _budget(self, action: Action) -> str:
        if action.budget is None:
            return ""
        return self.words.money(action.budget, self.extract.circle.currency)

    def _named(self, people: Iterable[Person]) -> str:
        """The names of who agreed to be named; the others are counted."""
        known = list(people)
        named = [public(one.name) for one in known if one.mention or one.structure]
        others = len(known) - len(named)
        told = [self._say("movilab.somebody", count=others)] if others else []
        return ", ".join([*named, *told])

    def _say(self, key: str, **values: object) -> str:
        return self.words.say(key, **values)


def public(text: str) -> str:
    """A text without the accounts that it may hold."""
    return _ADDRESS.sub("…", text)


def _entity(found: re.Match[str], group: int = 0) -> str:
    return _coded(found[group])


def _coded(character: str) -> str:
    return f"&#{ord(character)};"
