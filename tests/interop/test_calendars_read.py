"""The calendars a circle is sent, as three programs read them: what `!réunions` says, no other.

A year with both clock changes, in zones that have them, that have none, and that have them the
other way round.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import vobject

from tests.chat.ballot_box import BallotBox
from tests.chat.scene import scene
from tests.interop.readers import Occurrences, by_ical_js, by_icalendar, by_vobject

pytestmark = pytest.mark.interop

ZONES = (
    *("Europe/Paris", "Pacific/Noumea", "America/Martinique"),
    *("Indian/Reunion", "Pacific/Auckland"),
)
LIFE = (
    "alice> !réunion Atelier jeudi 1er avril 2027 18h",
    "alice> !réunion Chantier tous les mardis de 18h30 à 20h",
    "alice> !réunion Permanence chaque premier lundi du mois à 9h sauf en juillet et août",
    "alice> !réunion Apéro lundi 5 avril 2027 18h",
    "alice> !annuler M4",
)
DURING = {
    "2027-03-25": "alice> !déplacer M2 mercredi 31 mars 2027 19h cette fois",
    "2027-04-08": "alice> !annuler M2 cette fois",
    "2027-09-23": "alice> !déplacer M2 jeudi 30 septembre 2027 17h30 cette fois",
}
FIRST = datetime(2026, 11, 26, 13)  # noqa: DTZ001 - a Thursday, as people type it
WEEKS = 50
USUAL = timedelta(hours=1)
UNTIL = datetime(2028, 1, 31, tzinfo=UTC)


@dataclass(frozen=True)
class Year:
    """All that was told week by week, and the calendars as they stand in the end."""

    told: Occurrences
    files: list[str]

    def shown(self, read: list[Occurrences]) -> Occurrences:
        """What a program shows of the days that were asked about."""
        return until_asked(pair for one in read for pair in one)


def until_asked(pairs: Iterable[tuple[datetime, datetime]]) -> Occurrences:
    """Those before the last week that was asked about: all of them were told."""
    last = FIRST.replace(tzinfo=UTC) + timedelta(weeks=WEEKS - 1)
    return {pair for pair in pairs if pair[0] < last}


@pytest.fixture(scope="module", params=ZONES)
def year(request) -> Year:
    return asyncio.run(_lived(request.param))


async def _lived(zone: str) -> Year:
    settings = (f"alice> !réglage fuseau {zone}", "alice> !réglage rappels non")
    told: Occurrences = set()
    async with scene("alice> !cercle créer Littoral", *settings) as made:
        box = BallotBox(made)
        await box.play(*LIFE)
        told |= _listed(await box.last("alice> !réunions"))
        for when in (FIRST + timedelta(weeks=week) for week in range(WEEKS)):
            changed = DURING.get(f"{when:%Y-%m-%d}")
            await box.play(f"@ {when:%Y-%m-%dT%H:%M}", *([changed] if changed else ()))
            told |= _listed(await box.last("alice> !réunions"))
    return Year(until_asked(told), _kept(box, zone))


def _listed(heard) -> Occurrences:
    """What `!réunions` says; a meeting without end lasts an hour in calendars."""
    each = heard.values["items"]
    starts = [datetime.fromisoformat(one["start"]).astimezone(UTC) for one in each]
    ends = [one["end"] and datetime.fromisoformat(one["end"]).astimezone(UTC) for one in each]
    return {(start, end or start + USUAL) for start, end in zip(starts, ends, strict=True)}


def _kept(box: BallotBox, zone: str) -> list[str]:
    """The latest version of each, as a calendar keeps them; the zone by a name nobody knows."""
    files = [one.letter.file for one in box.posted if one.letter.file]
    bodies = [file.body.decode() for file in files if file.mimetype == "text/calendar"]
    latest = {vobject.readOne(body).vevent.uid.value: body for body in bodies}
    standing = [body for body in latest.values() if "METHOD:CANCEL" not in body]
    return [body.replace(zone, f"Unknown {zone.partition('/')[2]}") for body in standing]


def test_icalendar_shows_what_the_bot_says(year):
    assert year.shown([by_icalendar(text, UNTIL) for text in year.files]) == year.told


def test_vobject_shows_what_the_bot_says(year):
    assert year.shown([by_vobject(text, UNTIL) for text in year.files]) == year.told


def test_ical_js_shows_what_the_bot_says(year, reader):
    assert year.shown(by_ical_js(reader, year.files, UNTIL)) == year.told
