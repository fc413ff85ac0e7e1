"""Lines as phones type them, judged from the documents before the reader was looked at.

`tests/cases/spoken_*.tsv`: WHO TAB TEXT TAB what must come, alternatives with `||`: `?` something
is answered and nothing kept, or `key ; field=value …` (`^x`: begins with). A new line is `⏎`.
"""

import re
from pathlib import Path

import pytest

from tests.chat.scene import scene

BORN = (
    "alice> !cercle créer Littoral territorial",
    "bob joins",
    "carole joins",
    "dany joins",
    "alice> !doter 1000 € du FEDER",
    "alice> !rôle @bob contributeur",
    "bob> !action Portes ouvertes avant le 12 décembre budget 400 €",
    "bob> !action Atelier vélo",
    "alice> !réunion Café samedi 28 novembre de 14h à 15h",
    "alice> !vote Repeindre la salle ?",
    "bob> !contribution 1h essai 10 €",
)
CASES = Path(__file__).parents[1] / "cases"
KEPT = re.compile(
    r"contribution\.declared|expense\.declared|action\.(added|done|taken|left|dropped|changed)"
    r"|vote\.(opened|closed|amended|extended)|meeting\.(scheduled|moved|cancelled|attendance)"
    r"|reminder\.set|budget\.granted|ballot\.cast|role\.set|entry\.(?!unchanged)|workstream\.added"
)
TOGETHER = 20
"""Lines of one test: what is wrong in them is told at once."""


def lines(bank):
    text = (CASES / f"{bank}.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def together(rows):
    return [rows[at : at + TOGETHER] for at in range(0, len(rows), TOGETHER)]


GROUPS = [
    pytest.param(rows, id=f"{bank}-{at}")
    for bank in ("spoken_fr", "spoken_en")
    for at, rows in enumerate(together(lines(bank)))
]


def told(value):
    if isinstance(value, dict) and "cents" in value:
        return str(value["cents"])
    if isinstance(value, list):
        return "+".join(one["text"] if isinstance(one, dict) else str(one) for one in value)
    return "None" if value in (None, "") else " ".join(str(value).split())


def meets(said, wanted):
    key, *fields = wanted.split(" ; ")
    pairs = [field.split("=", 1) for field in fields]
    return said.key == key and all(is_as(told(said.values.get(name)), x) for name, x in pairs)


def is_as(got, wanted):
    return got.startswith(wanted[1:]) if wanted[0] == "^" else got.lower() == wanted.lower()


def is_right(heard, wanted):
    kept = [said for said in heard if KEPT.match(said.key)]
    failed = any(said.key == "refused.failed" for said in heard)
    asked = bool(heard) and not kept and not failed
    return any(
        asked if one == "?" else any(meets(said, one) for said in heard)
        for one in wanted.split(" || ")
    )


async def heard(who, text):
    async with scene(*BORN) as life:
        return await life.play(f"{who}> {text}".replace("⏎", "\n  "))


@pytest.mark.parametrize("rows", GROUPS)
async def test_what_phones_type_is_kept_as_it_was_meant_or_asked(rows):
    wrong = [
        (text, wanted, [said.key for said in came])
        for who, text, wanted in rows
        if not is_right(came := await heard(who, text), wanted)
    ]
    assert wrong == []
