"""Figures to a table, to JSON, and beside what was aimed at."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from statistics import median
from typing import Any, Final

from bench.live_load import Figures

Rounds = Mapping[tuple[str, str], Sequence[Figures]]
"""The figures of each round, by case and bot."""

_COLUMNS: Final = {
    "median": "median ms",
    "p95": "p95 ms",
    "p99": "p99 ms",
    "per_second": "answers/s",
    "cpu_ms": "CPU ms/command",
    "server_ms": "homeserver ms",
    "resident": "RSS MiB",
}
# case, what, compared with, at most or at least
_TARGETS: Final = (
    ("plain-1", "median", "maubot", "≤", 1.00),
    ("plain-1", "median", "echo", "≤", 1.15),
    ("plain-40", "per_second", "maubot", "≥", 1.05),
    ("plain-40", "per_second", "echo", "≥", 1.40),
    ("sealed-10", "per_second", "echo", "≥", 1.40),
    ("plain-40", "cpu_ms", "echo", "≤", 2.00),
)
_LARGEST: Final = 110.0
_GROWTH: Final = 2.0


def machine() -> dict[str, object]:
    """What it ran on."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    python = platform.python_version()
    return {"cores": os.cpu_count(), "processor": model, "python": python}


def medians(rounds: Rounds) -> dict[tuple[str, str], Figures]:
    """One line a case and bot: each figure's median over the rounds."""
    names = [field.name for field in fields(Figures)]
    return {
        key: Figures(**{name: median(getattr(one, name) for one in figures) for name in names})
        for key, figures in rounds.items()
    }


def table(told: Mapping[tuple[str, str], Figures]) -> str:
    """Markdown, one line a case and bot."""
    lines = [f"| case | bot | {' | '.join(_COLUMNS.values())} |", "|---|---|" + "--:|" * 7]
    for (case, bot), figures in told.items():
        cells = [f"{getattr(figures, name):.1f}" for name in _COLUMNS]
        lines.append(f"| {case} | {bot} | {' | '.join(cells)} |")
    return "\n".join(lines)


def targets(
    told: Mapping[tuple[str, str], Figures], memory: Mapping[int, float]
) -> list[dict[str, Any]]:
    """What was aimed at, and what came of it, of the cases that ran."""
    found = [
        _target(told, case, what, other, sign, bound)
        for case, what, other, sign, bound in _TARGETS
        if {(case, "souci"), (case, other)} <= told.keys()
    ]
    if memory:
        last, half = max(memory), max(memory) // 2
        growth = memory[last] - memory[half]
        found += [
            _verdict(f"RSS after {last} commands, MiB", memory[last], "≤", _LARGEST),
            _verdict(f"RSS from command {half} to {last}, MiB", growth, "≤", _GROWTH),
        ]
    return found


def _target(
    told: Mapping[tuple[str, str], Figures],
    case: str,
    what: str,
    other: str,
    sign: str,
    bound: float,
) -> dict[str, Any]:
    ratio = getattr(told[case, "souci"], what) / getattr(told[case, other], what)
    return _verdict(f"{case}: {_COLUMNS[what]} / {other}'s", ratio, sign, bound)


def _verdict(what: str, value: float, sign: str, bound: float) -> dict[str, Any]:
    met = value <= bound if sign == "≤" else value >= bound
    return {"what": what, "value": round(value, 3), "target": f"{sign} {bound:g}", "met": met}


def target_table(found: Sequence[Mapping[str, Any]]) -> str:
    """Markdown, one line a target."""
    lines = ["| what | measured | target | |", "|---|--:|--:|---|"]
    lines += [
        f"| {one['what']} | {one['value']:.2f} | {one['target']} | {'✓' if one['met'] else '✗'} |"
        for one in found
    ]
    return "\n".join(lines)


def as_json(rounds: Rounds, memory: Mapping[int, float]) -> dict[str, Any]:
    """Everything that was measured."""
    told = medians(rounds)
    return {
        "machine": machine(),
        "medians": [{"case": c, "bot": b} | asdict(f) for (c, b), f in told.items()],
        "rounds": [
            {"case": c, "bot": b, "round": number} | asdict(figures)
            for (c, b), several in rounds.items()
            for number, figures in enumerate(several, start=1)
        ],
        "memory": {str(commands): mib for commands, mib in memory.items()},
        "targets": targets(told, memory),
    }
