"""Every sentence is said with the values that commands give, in both languages."""

import pytest

from commands.kernel.sentence import values_of
from locales import LANGUAGES, catalogue
from speech.reply_json import to_wire
from tests.sentences.samples_across import ACROSS, ACROSS_REFUSALS
from tests.sentences.samples_answers import ANSWERS
from tests.sentences.samples_exports import EXPORT_REFUSALS, EXPORTS
from tests.sentences.samples_facilitation import FACILITATION, FACILITATION_REFUSALS
from tests.sentences.samples_ledger import LEDGER, LEDGER_REFUSALS
from tests.sentences.samples_operations import OPERATIONS
from tests.sentences.samples_privacy import PRIVACY
from tests.sentences.samples_refusals import REFUSALS
from tests.sentences.samples_regulation import REGULATION, REGULATION_REFUSALS
from tests.sentences.samples_unread import UNREAD
from tests.sentences.samples_votes import VOTE_REFUSALS, VOTES
from tests.sentences.typed import ALL, HEADS, fits, made

ALL_SAMPLES = (
    *(EXPORTS, EXPORT_REFUSALS),
    *(ACROSS, ACROSS_REFUSALS),
    *(ANSWERS, FACILITATION, LEDGER, PRIVACY, REGULATION, VOTES, OPERATIONS),
    *(REFUSALS, FACILITATION_REFUSALS, LEDGER_REFUSALS, REGULATION_REFUSALS, VOTE_REFUSALS, UNREAD),
)
WRITTEN = [
    (key, values) for samples in ALL_SAMPLES for key, given in samples.items() for values in given
]
BY_HAND = {key for key, _ in WRITTEN}
# Said inside other sentences, for pictures, polls and calendars, or by the demonstration itself.
PIECES = ("form", "part", "picture", "poll", "about", "page", "guide", "meeting.name", "demo")
# Texts of files.
PIECES += ("privacy.readme", "privacy.register-text")


def is_whole(key, sentence):
    return "\n" in sentence and not any(key == p or key.startswith(f"{p}.") for p in PIECES)


MADE = [
    (key, values_of(one))
    for key, kind in ALL.items()
    if key not in BY_HAND and is_whole(key, catalogue("fr")[key])
    for one in made(kind)
]
SAID = WRITTEN + MADE


def test_a_sample_written_by_hand_tells_what_its_class_tells():
    assert [(key, sorted(values)) for key, values in WRITTEN if not fits(ALL[key], values)] == []


def test_every_sentence_has_a_sample():
    whole = {key for key, sentence in catalogue("fr").items() if is_whole(key, sentence)}
    assert whole == {key for key, _ in SAID}


@pytest.fixture(scope="module", params=LANGUAGES)
def told(say, request):
    """All that is said in a language: its key and its text."""
    return [(key, say(key, values, request.param).text) for key, values in SAID]


def test_every_answer_begins_with_its_sign(told):
    assert [(key, text) for key, text in told if text[0] not in HEADS] == []


def test_no_answer_has_a_hole(told):
    holes = ("None", "{", "}", "**", "  ")
    assert [(key, text) for key, text in told if any(hole in text for hole in holes)] == []


def test_no_answer_has_loose_punctuation(told):
    loose = (" ,", " .", "· \n", "··", "()", ", ,", ",.", ". .")
    assert [(key, text) for key, text in told if any(one in text for one in loose)] == []


def test_answers_are_short(told):
    long = {key for key, text in told if text.count("\n") > MOST_LINES - 1}
    assert long <= LISTS


MOST_LINES = 5
LISTS = {
    *("status.circles", "status.circle", "status.alerts", "digest.week", "sheet"),
    *("evaluation.measures", "evaluation.ranges"),
    *(
        "help",
        "help.topic",
        "help.command",
        "action.list",
        "contribution.list",
        "statement",
        "meeting.list",
    ),
    *("me.status", "summary.week", "summary.steward", "vote.opened", "member.list", "circle.card"),
    *("reminder.dates", "meeting.reminders"),
    *("meeting.agenda", "meeting.minutes", "session.opened", "session.status", "session.closed"),
    *("regulation.decided", "regulation.prorata", "budget.status"),
    *("vote.closed", "vote.result", "vote.pending", "vote.list"),
    *("checkin.closed", "privacy.page", "privacy.erase"),
}


def test_a_list_says_what_it_leaves_out(say):
    text = say("action.list", ANSWERS["action.list"][0]).text
    assert "… et 4 autres" in text


def test_a_summary_reads_like_a_message(say):
    text = say("summary.week", ANSWERS["summary.week"][0]).text.split("\n")
    assert text[0] == "🌼 La semaine du cercle Littoral — du 23 au 29 novembre"
    assert text[4].startswith("31\u00a0h\u00a030 par 4 personnes (24\u00a0h la semaine d’avant).")


def test_a_vote_is_told_in_words(say):
    text = say("vote.closed", VOTES["vote.closed"][0]).text.split("\n")
    assert text[0] == "🗳️ V1\u00a0: adopté — Acheter une imprimante (150\u00a0€)"
    assert text[1] == (
        "8 pour, 2 contre, 1 abstention · 11 personnes sur 14 ont répondu · quorum de 7 atteint"
    )


def test_who_must_act_is_mentioned(say):
    said = say("vote.reminder", VOTES["vote.reminder"][0])
    assert said.mentions == ("@alice:localhost", "@bob:localhost")


def test_an_unknown_language_is_told_in_the_first_one(say):
    assert say("poll.yes", {}, "de").text == "Pour"


def test_every_sample_has_a_wire_form():
    assert all(to_wire(values) is not None for _, values in SAID)
