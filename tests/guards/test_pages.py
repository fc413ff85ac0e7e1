"""The pages that list the commands are those that the commands give."""

import pytest

from bot.pages import DOCS, PAGES, page


@pytest.mark.parametrize("language", PAGES)
def test_the_commands_page_is_up_to_date(language):
    written = (DOCS / PAGES[language]).read_text(encoding="utf-8")
    assert written == page(language), "run: make docs"
