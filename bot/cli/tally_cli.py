"""`souci tally FILE`: recounts a vote file or a Pabulib `.pb`, and prints the result as JSON."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from circle.malformed import MalformedError
from circle.pabulib import parse_pabulib
from circle.tally import Completion, Election, Quorum, Rule, as_values, parse_quorum, tally
from circle.votefile import Overrides, parse_vote

_EXPECTED = {
    "at-most": "found {found}, expected at most {0}, the electorate",
    "choice": "found {found}, expected the answer of the voter",
    "columns": "found {found} values, expected at most {0}, as in the header",
    "counted": "found {found}, expected {0}, the number listed in the file",
    "csv": "found {found}, expected values separated by semicolons",
    "currency": 'found {found}, expected an amount such as "1200" or "1200.50"',
    "electorate": "found {found}, expected how many people could vote",
    "field": "found {found}, expected no other field than {all}",
    "header": "found {found}, expected a header with {all}",
    "json": "found {found}, expected JSON",
    "list": "found {found}, expected a list",
    "money": 'found {found}, expected an amount with two decimals such as "500.00"',
    "number": "found {found}, expected a whole number from {0} to {1}",
    "object": "found {found}, expected an object",
    "once": "found {found} a second time, expected it once",
    "option": "found {found}, expected the id of one of the options",
    "option-key": "found {found} for an unknown option, expected the id of one of the options",
    "option-list": "found {found}, expected a list of option ids",
    "option-table": "found {found}, expected an object: a whole number for each option id",
    "options": "found {found}, expected a list of one option at least",
    "project": "found {found}, expected a project_id of the section PROJECTS",
    "quorum": 'found {found}, expected a fraction such as "1/2", a percentage such as "50 %", '
    "or a number of people",
    "reasonable": "found more than can be read, expected numbers and lists of a reasonable size",
    "section": "found {found}, expected a section with the columns {all}",
    "text": "found {found}, expected a text",
    "threshold": 'found {found}, expected a fraction such as "2/3" or a percentage',
    "word": "found {found}, expected one of {all}",
}


def main(argv: Sequence[str]) -> int:
    """Recounts the file that follows the word. 0: done; 1: no vote, in one line; 2: usage."""
    asked = _parser().parse_args(argv[1:])
    try:
        election = _read(asked.file, _overrides(asked))
    except MalformedError as error:
        return _fail(asked.file, sentence(error))
    except UnicodeDecodeError as error:
        return _fail(asked.file, f"byte {error.start}: expected text in UTF-8")
    except OSError as error:
        return _fail(asked.file, error.strerror or "cannot be read")
    sys.stdout.write(json.dumps(as_values(tally(election)), indent=2) + "\n")
    return 0


def sentence(error: MalformedError) -> str:
    """What is wrong in a file, in one line: where, what was found, what was expected."""
    told = _EXPECTED[error.expected].format(
        *error.details,
        found="nothing" if error.found is None else error.found,
        all=", ".join(error.details),
    )
    return f"{error.where}: {told}" if error.where else told


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="souci tally", description=__doc__.replace("`", ""), allow_abbrev=False
    )
    parser.add_argument("file", metavar="FILE", help="a vote file (JSON) or a Pabulib .pb")
    parser.add_argument("--rule", choices=[*map(str, Rule)], help="count by another rule")
    parser.add_argument("--completion", choices=[*map(str, Completion)], help="for shares")
    parser.add_argument("--quorum", type=_quorum, help='"1/2", "50 %%" or a number of people')
    return parser


def _quorum(text: str) -> Quorum:
    try:
        return parse_quorum(text)
    except ValueError:
        message = f'found "{text}", expected "1/2", "50 %" or a number of people'
        raise argparse.ArgumentTypeError(message) from None


def _overrides(asked: argparse.Namespace) -> Overrides:
    return Overrides(
        asked.rule and Rule(asked.rule),
        asked.completion and Completion(asked.completion),
        asked.quorum,
    )


def _read(file: str, overrides: Overrides) -> Election:
    text = Path(file).read_text(encoding="utf-8-sig")
    pabulib = Path(file).suffix.lower() == ".pb" or text.lstrip().startswith("META")
    return parse_pabulib(text, overrides) if pabulib else parse_vote(text, overrides)


def _fail(file: str, told: str) -> int:
    sys.stderr.write(f"{file}: {told}\n")
    return 1
