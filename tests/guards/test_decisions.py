"""Decisions: numbered without a gap, short enough to be read, each with its why."""

import re

import pytest

from tests.guards.repository import ROOT

PAGES = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
LONGEST = 25
PARTS = ("Context", "Decision", "Consequences")


def missing(text):
    return [part for part in PARTS if f"**{part}.**" not in text]


def test_none_is_missing():
    assert [int(page.name[:4]) for page in PAGES] == list(range(1, len(PAGES) + 1))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name[:4])
def test_its_title_bears_its_number(page):
    assert re.match(rf"# {int(page.name[:4])}\. \S", page.read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name[:4])
def test_it_is_short(page):
    assert len(page.read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name[:4])
def test_it_says_from_what_and_with_what_it_comes(page):
    assert missing(page.read_text("utf-8")) == []


def test_a_missing_part_is_seen():
    assert missing("# 1. So\n\n**Context.** Hm.\n\n**Decision.** Yes.") == ["Consequences"]
