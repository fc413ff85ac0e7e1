"""The words of answers, in French and in English, whatever the circle's language."""

from circle.text import fold
from commands.reading.ballots import BallotWords

OBJECTION = "objection"
CONCERN = "concern"
ABSTAIN = "abstain"

_ABSTENTION = ("abstention", "je m'abstiens", "abstain", "blanc", "vote blanc", "blank")

YES_NO = {
    "yes": ("pour", "oui", "yes", "for", "ok", "d'accord", "y", "o", "👍"),
    "no": ("contre", "non", "no", "against", "n", "👎"),
    ABSTAIN: _ABSTENTION,
}
CONSENT = {
    "consent": ("consentement", "je consens", "consent", *YES_NO["yes"]),
    CONCERN: (
        *("réserve", "réserves", "avec réserve", "avec une réserve", "avec réserves"),
        *("consentement avec réserve", "consentement avec une réserve"),
        *("concern", "consent with a concern", "consent with concern"),
    ),
    OBJECTION: ("objection", "je m'oppose", "opposition", "object", *YES_NO["no"]),
    ABSTAIN: _ABSTENTION,
}
EXPLAINED = (CONCERN, OBJECTION)

GRADES = BallotWords[int](
    (word, grade)
    for grade, words in enumerate(
        (
            ("à rejeter", "rejeter", "rejet", "reject", "to reject"),
            ("insuffisant", "insuffisante", "poor", "insufficient", "inadequate"),
            ("passable", "fair", "acceptable"),
            ("assez bien", "fairly good", "quite good"),
            ("bien", "good"),
            ("très bien", "very good"),
            ("excellent", "excellente"),
        )
    )
    for word in words
)
SUITS = BallotWords[int](
    (word, weight)
    for weight, words in enumerate(
        (
            ("non", "no"),
            ("si besoin", "si nécessaire", "s'il le faut", "if needed", "if need be"),
            ("oui", "yes", "ok"),
        )
    )
    for word in words
)

_NOTHING = {fold(word) for word in (*_ABSTENTION, "aucun", "aucune", "rien", "none", "nothing")}


def is_blank(text: str) -> bool:
    """Whether an answer says, in so many words, that it chooses nothing."""
    return fold(text).rstrip(" .!") in _NOTHING
