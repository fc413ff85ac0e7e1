"""Letters of one answer: each has its own place, whatever is left out among them."""

from datetime import UTC, datetime

from bot.letters.compose import Composer
from bot.letters.envelopes import Addressing
from circle.circles import CircleId
from circle.people import Person, PersonKey
from circle.refs import Kind, Ref
from commands.kernel.reply import Document, PollClosed, Privately, Reply
from commands.votes.replies import BallotCast
from speech.sentences import Speech

VOTE = Ref(Kind.VOTE, 1)
CAST = BallotCast(id=VOTE, pseudonym=None)
ENVELOPE = Addressing(
    cause="$event",
    room_id="!circle:localhost",
    sender="@alice:localhost",
    language="fr",
    now=datetime(2026, 11, 23, 9, tzinfo=UTC),
    circle=CircleId(1),
)
FILE = Document("V1.json", "application/json", b"{}")


def letters(reply):
    return Composer(Speech(), "!").letters(reply, ENVELOPE)


def test_a_poll_that_never_was_leaves_no_letter_and_no_place_is_taken_twice():
    bob = Person(PersonKey("bob"), "bob", "@bob:localhost")
    also = Reply(CAST, where=Privately(bob))
    reply = Reply(
        CAST,
        attachments=(PollClosed(VOTE), FILE),
        also=(also,),
    )
    assert [letter.ordinal for letter in letters(reply)] == [0, 2, 3]


def test_what_announces_nothing_bears_no_subject():
    told = Reply(CAST, subject=VOTE)
    silent = Reply(CAST, subject=VOTE, announces=False)
    assert [letter.subject for one in (told, silent) for letter in letters(one)] == ["1:V1", None]
