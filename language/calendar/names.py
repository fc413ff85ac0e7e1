"""The names of days, months and parts of the day, French and English, folded."""

from circle.calendar.parts import Part

_FRENCH_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_ENGLISH_WEEKDAYS = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)

WEEKDAYS = {
    **{name: day for day, name in enumerate(_FRENCH_WEEKDAYS)},
    **{name: day for day, name in enumerate(_ENGLISH_WEEKDAYS)},
}
WEEKDAYS_PLURAL = {f"{name}s": day for name, day in WEEKDAYS.items()}
ANY_WEEKDAY = WEEKDAYS | WEEKDAYS_PLURAL

# `jeu`, `mer`, `sat` are words too: read only where a day of a month follows and confirms them.
_SHORT_WEEKDAYS = (
    *("lun mon", "mar tue tues", "mer wed", "jeu thu thur thurs", "ven fri", "sam sat", "dim sun"),
)
SHORT_WEEKDAYS = {name: day for day, both in enumerate(_SHORT_WEEKDAYS) for name in both.split()}

_LONG_MONTHS = (
    ("janvier", "january"),
    ("fevrier", "february"),
    ("mars", "march"),
    ("avril", "april"),
    ("mai", "may"),
    ("juin", "june"),
    ("juillet", "july"),
    ("aout", "august"),
    ("septembre", "september"),
    ("octobre", "october"),
    ("novembre", "november"),
    ("decembre", "december"),
)
MONTHS = {name: month for month, names in enumerate(_LONG_MONTHS, 1) for name in names}
# Read only after or before a day of the month.
_SHORT_MONTHS = (
    *("janv jan", "fevr fev feb", "", "avr apr", "", "jun", "juil jul", "aug", "sept sep"),
    *("oct", "nov", "dec"),
)
SHORT_MONTHS = {name: month for month, both in enumerate(_SHORT_MONTHS, 1) for name in both.split()}
ANY_MONTH = MONTHS | SHORT_MONTHS

PARTS = {
    **dict.fromkeys(("matin", "matins", "matinee", "morning", "mornings"), Part.MORNING),
    **dict.fromkeys(("apresmidi", "aprem", "afternoon", "afternoons"), Part.AFTERNOON),
    **dict.fromkeys(("soir", "soirs", "soiree", "evening", "evenings"), Part.EVENING),
}

DAY_WORDS = ("jour", "jours", "day", "days")
WEEK_WORDS = ("semaine", "semaines", "week", "weeks")
MONTH_WORDS = ("mois", "month", "months")
QUARTER_WORDS = ("trimestre", "trimestres", "quarter", "quarters")
YEAR_WORDS = ("an", "ans", "annee", "annees", "year", "years")
NEXT = ("prochain", "prochaine", "next")
LAST = ("dernier", "derniere", "passe", "passee", "last")
THIS = ("ce", "cet", "cette", "this")
EACH = ("chaque", "every", "each")

# Words that no French sentence holds (`mai` and `may` differ, `six` does not).
ENGLISH = frozenset(
    {
        *_ENGLISH_WEEKDAYS,
        *(f"{name}s" for name in _ENGLISH_WEEKDAYS),
        *(english for _, english in _LONG_MONTHS),
        *("at", "on", "the", "of", "from", "to", "until", "till", "in", "and", "or", "every"),
        *("each", "next", "last", "this", "noon", "midnight", "today", "tonight", "tomorrow"),
        *("yesterday", "day", "days", "week", "weeks", "month", "months", "morning"),
        *("afternoon", "evening", "oclock", "for", "by", "before", "since", "except", "between"),
    },
)
