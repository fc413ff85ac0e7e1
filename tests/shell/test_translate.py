"""From events as they travel to our vocabulary: every field is a stranger's choice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import events
from bot.matrix.sync.translate import Frame, translate

OWN = "@souci:localhost"
FRAME = Frame(room_id="!r:localhost", own_id=OWN, earliest=1_000, latest=9_000)


def raw(kind: str, content: object, **more: object) -> dict:
    given = {"type": kind, "event_id": "$e", "sender": "@alice:localhost", "content": content}
    return given | {"origin_server_ts": 5_000} | more


def text(body: object, **more: object) -> dict:
    return raw("m.room.message", {"msgtype": "m.text", "body": body} | more)


def message(event: dict) -> events.Message:
    read = translate(event, FRAME)
    assert isinstance(read, events.Message)
    return read


def test_a_message():
    read = message(text("!aide"))
    assert (read.id, read.room, read.sender, read.at) == (
        "$e",
        "!r:localhost",
        "@alice:localhost",
        5_000,
    )
    assert (read.body, read.notice, read.edits) == ("!aide", False, None)


def test_a_notice_is_marked_as_such():
    assert message(raw("m.room.message", {"msgtype": "m.notice", "body": "bip"})).notice


def test_an_edit_gives_the_new_text():
    new = {"msgtype": "m.text", "body": "!action B"}
    relation = {"rel_type": "m.replace", "event_id": "$old"}
    read = message(text("* !action B", **{"m.new_content": new, "m.relates_to": relation}))
    assert (read.edits, read.body) == ("$old", "!action B")


def test_an_edit_without_new_text_is_nothing():
    relation = {"rel_type": "m.replace", "event_id": "$old"}
    assert translate(text("* x", **{"m.relates_to": relation}), FRAME) is None


def test_a_reply_loses_the_quotation_of_older_clients():
    relation = {"m.in_reply_to": {"event_id": "$q"}}
    read = message(text("> <@bob:x> avant\n> encore\n\n!fait", **{"m.relates_to": relation}))
    assert (read.reply_to, read.body) == ("$q", "!fait")


def test_a_quotation_that_is_no_reply_is_kept():
    assert message(text("> <@bob:x> dit\n\n!fait")).body.startswith(">")


def test_a_thread_answers_nothing_by_itself():
    relation = {
        "rel_type": "m.thread",
        "event_id": "$root",
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": "$last"},
    }
    read = message(text("!fait", **{"m.relates_to": relation}))
    assert (read.thread, read.reply_to) == ("$root", None)


def test_an_answer_within_a_thread_is_one():
    relation = {
        "rel_type": "m.thread",
        "event_id": "$root",
        "is_falling_back": False,
        "m.in_reply_to": {"event_id": "$q"},
    }
    read = message(text("!fait", **{"m.relates_to": relation}))
    assert (read.thread, read.reply_to) == ("$root", "$q")


def test_mentions_are_declared_or_pills():
    html = (
        '<a href="https://matrix.to/#/%40bob%3Ax.org">Bob</a> '
        '<a href="matrix:u/carole:x.org">Carole</a>'
    )
    read = message(
        text(
            "souci: bob carole",
            format="org.matrix.custom.html",
            formatted_body=html,
            **{"m.mentions": {"user_ids": [OWN, 7]}},
        )
    )
    assert read.mentions == (OWN, "@bob:x.org", "@carole:x.org")


def test_the_html_of_a_reply_loses_its_quotation():
    html = "<mx-reply><blockquote>avant</blockquote></mx-reply><b>!fait</b>"
    read = message(text("!fait", format="org.matrix.custom.html", formatted_body=html))
    assert read.html == "<b>!fait</b>"


@pytest.mark.parametrize("kind", ["m.file", "m.image", "m.audio", "m.video"])
def test_any_file_is_an_attachment_but_a_spoken_message_is_talk(kind):
    content = {"msgtype": kind, "url": "mxc://localhost/1"}
    assert message(text("note", **content)).attachment.url == "mxc://localhost/1"
    spoken = text("note", **content, **{"org.matrix.msc3245.voice": {}})
    assert translate(spoken, FRAME) is None


INVOKED = {"org.matrix.msc4391.command": {"command": "action", "arguments": {"titre": "Fête"}}}


def test_a_described_command():
    content = INVOKED | {"m.mentions": {"user_ids": [OWN]}}
    read = message(text("!action Fête", **content)).described
    assert read == events.Described(command="action", arguments={"titre": "Fête"})


def test_a_described_command_that_mentions_others_too_is_none():
    content = INVOKED | {"m.mentions": {"user_ids": [OWN, "@bob:localhost"]}}
    assert message(text("!action Fête", **content)).described is None


def test_a_file_with_a_caption():
    read = message(
        text(
            "reçu du pain",
            msgtype="m.image",
            filename="pain.jpg",
            url="mxc://x/1",
            info={"mimetype": "image/jpeg", "size": 12},
        )
    )
    assert read.body == "reçu du pain"
    assert read.attachment == events.Attachment(
        name="pain.jpg", mimetype="image/jpeg", size=12, url="mxc://x/1"
    )


def test_the_name_of_a_file_is_no_text():
    read = message(text("pain.jpg", msgtype="m.file", url="mxc://x/1"))
    assert (read.body, read.attachment.name) == ("", "pain.jpg")


def test_an_encrypted_file():
    sealed = {"url": "mxc://x/1", "key": {"k": "…"}}
    assert message(text("a", msgtype="m.file", file=sealed)).attachment.file == sealed


@pytest.mark.parametrize("url", ["http://x/1", None, 7])
def test_a_file_from_elsewhere_is_none(url):
    assert translate(text("a", msgtype="m.file", url=url), FRAME) is None


def test_a_reaction():
    relation = {"rel_type": "m.annotation", "event_id": "$m", "key": "🙋"}
    read = translate(raw("m.reaction", {"m.relates_to": relation}), FRAME)
    assert (read.target, read.key) == ("$m", "🙋")


@pytest.mark.parametrize(
    "event",
    [raw("m.room.redaction", {}, redacts="$m"), raw("m.room.redaction", {"redacts": "$m"})],
    ids=["until version 10", "since version 11"],
)
def test_a_deletion(event):
    assert translate(event, FRAME).target == "$m"


STABLE, UNSTABLE = "m.poll.response", "org.matrix.msc3381.poll.response"


@pytest.mark.parametrize("kind", [STABLE, UNSTABLE])
@pytest.mark.parametrize(
    "content", [{"m.selections": ["yes"]}, {UNSTABLE: {"answers": ["yes"]}}], ids=["new", "old"]
)
def test_a_poll_answer_in_every_form(kind, content):
    relation = {"m.relates_to": {"rel_type": "m.reference", "event_id": "$p"}}
    read = translate(raw(kind, content | relation), FRAME)
    assert (read.poll, read.answers) == ("$p", ("yes",))


@pytest.mark.parametrize("content", [{}, {UNSTABLE: {"answers": "yes"}}, {"m.selections": [1]}])
def test_an_unreadable_poll_answer_is_one_nonetheless(content):
    relation = {"m.relates_to": {"rel_type": "m.reference", "event_id": "$p"}}
    assert translate(raw(UNSTABLE, content | relation), FRAME).answers is None


def test_an_empty_poll_answer_takes_back():
    content = {
        UNSTABLE: {"answers": []},
        "m.relates_to": {"rel_type": "m.reference", "event_id": "$p"},
    }
    assert translate(raw(UNSTABLE, content), FRAME).answers == ()


@pytest.mark.parametrize("kind", ["m.poll.end", "org.matrix.msc3381.poll.end"])
def test_the_end_of_a_poll(kind):
    relation = {"m.relates_to": {"rel_type": "m.reference", "event_id": "$p"}}
    assert translate(raw(kind, relation), FRAME).poll == "$p"


@pytest.mark.parametrize(
    ("membership", "joined"), [("join", True), ("leave", False), ("ban", False)]
)
def test_a_member(membership, joined):
    content = {"membership": membership, "displayname": "Bob"}
    read = translate(raw("m.room.member", content, state_key="@bob:x"), FRAME)
    assert (read.user, read.joined, read.name) == ("@bob:x", joined, "Bob" if joined else None)


@pytest.mark.parametrize("membership", ["invite", "knock", 7, None])
def test_who_is_only_expected_is_no_member(membership):
    event = raw("m.room.member", {"membership": membership}, state_key="@bob:x")
    assert translate(event, FRAME) is None


@pytest.mark.parametrize(
    ("stamp", "at"),
    [(0, 1_000), (-5, 1_000), (5_000, 5_000), (10**30, 9_000), ("x", 9_000), (None, 9_000)],
)
def test_an_instant_is_held_between_our_entry_and_now(stamp, at):
    assert message(raw("m.room.message", {"msgtype": "m.text", "body": "x"})).at == 5_000
    assert FRAME.at({"origin_server_ts": stamp}) == at


def test_nul_characters_do_not_reach_the_store():
    assert "\0" not in message(text("a\0b")).body


@pytest.mark.parametrize("missing", ["type", "event_id", "sender"])
def test_what_has_no_type_id_or_sender_is_nothing(missing):
    event = {k: v for k, v in text("x").items() if k != missing}
    assert translate(event, FRAME) is None


@pytest.mark.parametrize("body", [None, 7, ["!aide"], {"a": 1}])
def test_a_message_without_text_is_nothing(body):
    assert translate(text(body), FRAME) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    [
        "msgtype",
        "body",
        "format",
        "formatted_body",
        "m.relates_to",
        "m.new_content",
        "m.mentions",
        "org.matrix.msc4391.command",
        "file",
        "url",
        "info",
        "redacts",
        "membership",
        "displayname",
        UNSTABLE,
        "m.selections",
    ]
)
KINDS = st.sampled_from(
    ["m.room.message", "m.reaction", "m.room.redaction", STABLE, "m.poll.end", "m.room.member"]
)


@given(KINDS, st.dictionaries(FIELDS, JSON) | JSON, JSON)
def test_no_content_whatever_raises(kind, content, state_key):
    read = translate(raw(kind, content, state_key=state_key), FRAME)
    assert read is None or isinstance(read, events.Event)
