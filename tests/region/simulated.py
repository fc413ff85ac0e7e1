"""A region made up from a seed: 18 circles, 1,000 members, three years, written row by row.

Entries are those that the rules themselves make (`circle.life`); only their insertion is in bulk.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from circle.circles import CircleId
from circle.entries import Entry, ItemEntry
from circle.ledger import EntryKind, Item, ItemState, Nature, Postings
from circle.life import corrected_by, fold, posted
from circle.people import PersonKey
from storage.engine import Engine, writing
from storage.ledger.rows import entry_row, item_row
from storage.tables.actions import actions
from storage.tables.circles import circles, memberships, workstreams
from storage.tables.ledger import entries, entry_texts, items
from storage.tables.mail import room_members
from storage.tables.meetings import attendances, meetings
from storage.tables.people import people, profiles
from tests.entered import made

PARIS = ZoneInfo("Europe/Paris")
BEGAN = date(2024, 1, 1)
DAYS = 3 * 365
PEOPLE = 1000
NAMES = (
    *("MEL", "Flandre", "Littoral", "Sambre-Avesnois-Thiérache", "Valenciennois", "Lensois"),
    *("Somme", "Sud-Aisne", "Oise", "Douaisis-Pévèle", "Arrageois-Ternois", "Reactiv'Maker"),
    *("Alimentation | terroirs", "Inclusion", "Transition écologique", "Foncier"),
    *("Utilité sociale et évaluation", "Cafés culturels et associatifs"),
)
FUNDERS = (
    "FEDER",
    "Région Hauts-de-France",
    "MEL",
    "ANCT",
    "Département; du Nord",
    "=Fonds propres",
)
AWKWARD = (
    *('=HYPERLINK("x")', "@alice", "+33 6", "-1 ; ou", "Jo|Anne", 'Le "Grand" Bob', "🌼 Soleil"),
    *("مريم", "שרה כהן", "O’Neil\tT", "{{Modèle}}", "[[Page]]", "<b>Gras</b>", "~~~~"),
)


@dataclass(slots=True)
class _Circle:
    number: int
    entries: list[Entry] = field(default_factory=list)
    histories: dict[int, list[ItemEntry]] = field(default_factory=dict)


@dataclass
class Region:
    """The rows of a region."""

    seed: int = 7
    a_month: int = 6
    rows: dict[object, list[dict[str, object]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)
        self._ids = 0

    async def write(self, engine: Engine) -> None:
        """Insert everything into an empty, upgraded database."""
        self._people()
        for number, name in enumerate(NAMES, start=1):
            self._found(number, name)
            self._live(_Circle(number))
        async with writing(engine) as connection:
            for table, rows in self.rows.items():
                await connection.execute(insert(table), rows)

    def _add(self, table: object, **row: object) -> None:
        self.rows.setdefault(table, []).append(row)

    def _people(self) -> None:
        for number in range(1, PEOPLE + 1):
            key = f"{number:032x}"
            name = AWKWARD[number] if number < len(AWKWARD) else f"Personne {number}"
            self._add(people, key=key, structure=False, named_in=None)
            matrix_id = f"@p{number}:localhost"
            self._add(profiles, person=key, name=name, matrix_id=matrix_id, language=None)

    def _found(self, number: int, name: str) -> None:
        room = f"!c{number}:localhost"
        at = _instant(0)
        self._add(
            circles,
            id=number,
            name=name,
            folded=f"circle {number}",
            kind="territorial" if number <= 11 else "thematic",
            state="active",
            room_id=room,
            created_at=at,
            aliases=(),
            currency="EUR",
            settings_key=f"k{number}",
        )
        for place, person in enumerate(self.members(number)):
            role = "contributor" if place else "steward"
            since = BEGAN
            self._add(memberships, circle=number, person=person, role=role, since=since, until=None)
            self._add(room_members, room_id=room, user_id=f"@p{int(person, 16)}:localhost", name="")
        for stream in range(1, 5):
            told = {"circle": number, "id": stream, "steward": None}
            self._add(workstreams, **told, name=f"Chantier {stream}", folded=f"chantier {stream}")
        for action in range(1, 25):
            self._add(
                actions,
                circle=number,
                number=action,
                title=f"Action {action} de l'année",
                added_by=self.members(number)[0],
                added_at=at,
                workstream=action % 6 or None if action % 6 < 5 else None,
                due_day=None,
                due_at=None,
                budget=action * 1000,
                state="open" if action % 3 else "done",
                moved_at=None,
            )
        self._meetings(number)

    def members(self, number: int) -> list[PersonKey]:
        """The people of a circle: each belongs to one, some to two."""
        mine = range(number, PEOPLE + 1, len(NAMES))
        also = range((number % len(NAMES)) + 1, PEOPLE // 4, len(NAMES))
        return [PersonKey(f"{one:032x}") for one in (*mine, *also)]

    def _meetings(self, number: int) -> None:
        for place, day in enumerate(range(20, DAYS, 90), start=1):
            start = _instant(day)
            told = {"circle": number, "number": place, "kind": "regulation", "title": "Régulation"}
            told |= {"start": start, "end": None, "place": "La Halle", "uid": f"{number}-{place}"}
            told |= {"by": self.members(number)[0], "rrule": None, "exdates": ()}
            self._add(meetings, **told, sequence=0, cancelled=False)
            for person in self._dice.sample(self.members(number), 6):
                seen = {"circle": number, "meeting": place, "person": person}
                seen |= {"occurrence": BEGAN + timedelta(days=day)}
                self._add(attendances, **seen, presence="present", at=start, source=None)

    def _live(self, circle: _Circle) -> None:
        """Three years, day by day: envelopes, declarations, decisions, invoices, corrections."""
        for day in range(DAYS):
            if day % 180 == 10:
                self._grant(circle, day)
            if self._dice.random() < self.a_month / 30:
                self._declare(circle, day)
            if day % 30 == 29:
                self._regulate(circle, day)
        for entry in circle.entries:
            self._add(entries, id=entry.id, **entry_row(CircleId(circle.number), entry))
            if entry.what:
                self._add(entry_texts, entry=entry.id, what=entry.what)
        for history in circle.histories.values():
            self._add(items, **item_row(CircleId(circle.number), history))

    def _grant(self, circle: _Circle, day: int) -> None:
        cents = self._dice.randrange(100_000, 900_000)
        granted = self._append(
            circle,
            made(
                EntryKind.GRANT,
                at=_instant(day),
                by=self.members(circle.number)[0],
                postings=Postings(granted=cents),
                amount=cents,
                funder=self._dice.choice((*FUNDERS, None)),
            ),
        )
        if self._dice.random() < 0.2:
            less = cents - self._dice.randrange(1, 50_000)
            told = made(
                EntryKind.CORRECTED,
                at=_instant(day + 1),
                by=granted.by,
                postings=Postings(granted=less - cents),
                amount=less,
                funder=granted.event.funder,
                corrects=granted.id,
            )
            self._append(circle, told)

    def _declare(self, circle: _Circle, day: int) -> None:
        expense = self._dice.random() < 0.25
        pro_bono = not expense and self._dice.random() < 0.2
        asks = expense or (not pro_bono and self._dice.random() < 0.8)
        person = self._dice.choice(self.members(circle.number))
        entry = made(
            EntryKind.DECLARED,
            at=_instant(day),
            by=person,
            item=len(circle.histories) + 1,
            nature=Nature.EXPENSE if expense else Nature.CONTRIBUTION,
            person=person,
            day=BEGAN + timedelta(days=day),
            minutes=None if expense else self._dice.randrange(5, 900),
            amount=self._dice.randrange(1, 60_000) if asks else None,
            pro_bono=pro_bono,
            action=self._dice.choice((None, *range(1, 25))),
            what=self._dice.choice(AWKWARD),
        )
        self._append(circle, posted(None, entry))

    def _regulate(self, circle: _Circle, day: int) -> None:
        for history in list(circle.histories.values()):
            item = fold(history)
            for kind, amount in self._decided(item):
                item = fold(history)
                if kind is EntryKind.INVOICED:
                    self._say(circle, item, kind, day, number=f"F-{item.number}")
                else:
                    self._say(circle, item, kind, day, amount=amount)

    def _decided(self, item: Item) -> Iterator[tuple[EntryKind, int | None]]:
        """What becomes of an item at one regulation."""
        chance = self._dice.random()
        if item.state in {ItemState.DECLARED, ItemState.POSTPONED}:
            if chance < 0.1 and item.state is ItemState.DECLARED:
                yield EntryKind.POSTPONED, None
            elif chance < 0.2:
                yield EntryKind.REFUSED, None
            elif chance < 0.25:
                yield EntryKind.CANCELLED, None
            elif item.pro_bono or chance < 0.3:
                yield EntryKind.PRO_BONO, None
            elif chance < 0.9:
                yield (
                    EntryKind.REGULATED,
                    (item.asked or 5000) * self._dice.randrange(50, 101) // 100,
                )
        elif item.state is ItemState.REGULATED:
            if chance < 0.1:
                yield EntryKind.REGULATED, self._dice.randrange(0, (item.regulated or 0) + 1)
            yield EntryKind.INVOICED, None
            if chance < 0.7:
                yield EntryKind.PAID, item.regulated

    def _say(self, circle: _Circle, item: Item, kind: EntryKind, day: int, **more: object) -> None:
        history = circle.histories[item.number]
        told: dict[str, object] = {"at": _instant(day), "by": item.person}
        told |= {"item": item.number, "action": item.action, "vote": item.vote}
        entry = made(kind, **told, corrects=corrected_by(kind, history), **more)
        self._append(circle, posted(item, entry))

    def _append(self, circle: _Circle, entry: Entry) -> Entry:
        self._ids += 1
        written = replace(entry, id=self._ids)
        circle.entries.append(written)
        if isinstance(written, ItemEntry):
            circle.histories.setdefault(written.item, []).append(written)
        return written


def _instant(day: int) -> datetime:
    when = BEGAN + timedelta(days=day)
    return datetime(when.year, when.month, when.day, 23, 30, tzinfo=PARIS)
