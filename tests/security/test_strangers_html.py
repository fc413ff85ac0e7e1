"""Whatever HTML a stranger sends: nothing raises, and the people it mentions are found."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.matrix.sync.texts import html_of, mentions_of
from bot.pipeline.addressed import read_pills
from tests.chat.scene import scene

LINK = '<a href="https://matrix.to/#/@bob:x">Bob</a>'
PIECES = (
    *(
        "<![<![x",
        "<!",
        "<![CDATA[",
        "<!--",
        "-->",
        "<?",
        "<!DOCTYPE",
        "</",
        "<",
        ">",
        "&#",
        "&",
        ";",
    ),
    *("<a ", "<a href=", 'href="', "href='", "https://matrix.to/#/@", "matrix:u/", "\0", "\ud800"),
    *(
        "</a>",
        "</a",
        "é",
        "😀",
        "'",
        '"',
        "=",
        " ",
        "\n",
        "script",
        "<mx-reply>",
        "</mx-reply>",
        LINK,
    ),
)
HTML = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(st.one_of(HTML, st.text(max_size=80)))
@example("<![<![x")
@example("<![if x")
def test_no_html_raises(html):
    assert all(user.startswith("@") for user in read_pills(html).values())
    written = html_of({"format": "org.matrix.custom.html", "formatted_body": html})
    assert len(mentions_of({}, written)) <= 100


@pytest.mark.parametrize("around", ["<![<![x", "<!", "<p>", "a < b ", "<!-- ", "&#x; ", "<a>"])
def test_a_mention_is_found_beside_what_cannot_be_read(around):
    assert read_pills(f"{around}{LINK}") == {"Bob": "@bob:x"}


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<a href='https://matrix.to/#/@bob:x'>Bob</a>", {"Bob": "@bob:x"}),
        ('<A class="pill" HREF = "https://matrix.to/#/@bob:x">Bob</A>', {"Bob": "@bob:x"}),
        ('<a href="https://matrix.to/#/%40bob%3Ax">Bob &amp; Co</a>', {"Bob & Co": "@bob:x"}),
        ('<a href="https://matrix.to/#/@bob:x?via=x">\n Bob </a>', {"Bob": "@bob:x"}),
        ('<a data-href="https://matrix.to/#/@bob:x">Bob</a>', {}),
        ('<a href="https://example.org/@bob:x">Bob</a>', {}),
        ('<abbr href="https://matrix.to/#/@bob:x">Bob</abbr>', {}),
        (f"{LINK} et {LINK.replace('bob', 'zoe').replace('Bob', 'Zoé')}", {"Bob", "Zoé"}),
    ],
)
def test_mentions_are_read_as_clients_write_them(html, found):
    told = read_pills(html)
    assert (set(told) if isinstance(found, set) else told) == found


def test_of_a_thousand_mentions_the_first_hundred_are_read():
    html = "".join(LINK.replace("Bob", f"Bob{n}").replace("@bob", f"@b{n}") for n in range(1000))
    assert len(read_pills(html)) == 100


async def test_a_message_whose_html_cannot_be_read_is_answered_by_its_words():
    async with scene("alice> !cercle créer Littoral") as made:
        heard = await made.send("alice", body="!action Trier", html="<![<![x")
        assert [one.key for one in heard] == ["action.added"]
