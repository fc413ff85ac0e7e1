"""The pages made from the program and from the conversations are those that it gives."""

import pytest

from bot.docs_pages.pages import DOCS, pages


@pytest.mark.parametrize(("name", "text"), list(pages()), ids=lambda value: value[:20])
def test_a_page_is_up_to_date(name, text):
    assert (DOCS / name).read_text(encoding="utf-8") == text, "run: make docs"
