"""What is told beside a date: an assumed year, a time the clocks skip, what contradicts."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from circle.calendar import Ambiguous, Day, Moment, Note, Reason, Refused
from language.calendar import read_moment

PARIS = ZoneInfo("Europe/Paris")
WEDNESDAY = datetime(2024, 4, 3, 10, tzinfo=PARIS)
BEFORE_SPRING = datetime(2024, 3, 30, 22, tzinfo=PARIS)
BEFORE_AUTUMN = datetime(2024, 10, 26, 23, 30, tzinfo=PARIS)


def test_a_year_that_was_not_said_is_told():
    assert read_moment("12 avril 14h", WEDNESDAY).notes == (Note.YEAR_ASSUMED,)


def test_a_year_that_was_said_needs_no_note():
    assert read_moment("12 avril 2024 14h", WEDNESDAY).notes == ()


def test_a_day_that_was_not_said_is_told():
    assert read_moment("à 9h", WEDNESDAY).notes == (Note.DAY_ASSUMED,)


def test_a_shorter_month_is_told():
    end_of_january = datetime(2024, 1, 31, 10, tzinfo=PARIS)
    assert read_moment("dans un mois à 10h", end_of_january).notes == (Note.MONTH_SHORTER,)


def test_an_evening_that_ends_after_midnight_is_told():
    assert Note.ENDS_NEXT_DAY in read_moment("samedi de 22h à 2h", WEDNESDAY).notes


def test_a_time_that_the_clocks_skip_is_told_and_moved_on():
    found = read_moment("demain 2h30", BEFORE_SPRING)
    assert (found.start.astimezone(UTC), found.notes) == (
        datetime(2024, 3, 31, 1, 30, tzinfo=UTC),
        (Note.NONEXISTENT,),
    )


def test_of_a_time_that_comes_twice_the_first_is_taken_and_told():
    found = read_moment("demain 2h30", BEFORE_AUTUMN)
    assert (found.start.astimezone(UTC), found.notes) == (
        datetime(2024, 10, 27, 0, 30, tzinfo=UTC),
        (Note.TWICE,),
    )


def test_the_second_of_a_time_that_comes_twice_can_be_said():
    found = read_moment("demain 2h30 (heure d'hiver)", BEFORE_AUTUMN)
    assert (found.start.astimezone(UTC), found.notes) == (
        datetime(2024, 10, 27, 1, 30, tzinfo=UTC),
        (),
    )


def test_hours_from_now_are_hours_of_real_time():
    found = read_moment("dans 4 heures", BEFORE_AUTUMN)
    assert found.start.astimezone(UTC) == datetime(2024, 10, 27, 1, 30, tzinfo=UTC)


def test_a_length_is_real_time():
    found = read_moment("demain 1h pendant 2h", BEFORE_AUTUMN)
    assert found.end.astimezone(UTC) == datetime(2024, 10, 27, 1, 0, tzinfo=UTC)


def test_a_repetition_starts_on_a_day_that_has_its_hour():
    found = read_moment("chaque dimanche à 2h30", BEFORE_SPRING)
    assert (found.start.date(), found.notes) == (date(2024, 4, 7), (Note.NONEXISTENT,))


def test_a_weekday_that_contradicts_its_date_is_refused_and_both_are_told():
    refusal = read_moment("mardi 10 avril 2024 à 14h", WEDNESDAY)
    assert (refusal.reason, dict(refusal.detail)) == (
        Reason.WEEKDAY_MISMATCH,
        {"date": date(2024, 4, 10), "said": 1, "real": 2},
    )


def test_a_day_just_past_is_told_as_past_rather_than_as_a_wrong_weekday():
    refusal = read_moment("lundi 1er avril 14h", WEDNESDAY)
    assert dict(refusal.detail) == {"date": date(2024, 4, 1)}


def test_an_end_before_its_start_tells_both():
    refusal = read_moment("demain de 16h à 14h", WEDNESDAY)
    assert [instant.hour for instant in refusal.detail.values()] == [16, 14]


def test_the_details_of_a_refusal_cannot_be_changed():
    detail = read_moment("mardi 10 avril 2024 à 14h", WEDNESDAY).detail
    with pytest.raises(TypeError):
        detail["said"] = 2


def test_the_choices_of_an_ambiguous_weekday_are_both_days():
    question = read_moment("vendredi prochain à 14h", WEDNESDAY)
    assert [choice.start.day for choice in question.choices] == [5, 12]


def test_a_missing_hour_proposes_the_day():
    assert read_moment("mardi", WEDNESDAY) == Ambiguous(
        (Day(date(2024, 4, 9)),), Reason.HOUR_MISSING
    )


def test_a_vague_date_proposes_days_still_to_come():
    late = datetime(2024, 4, 30, 10, tzinfo=PARIS)
    assert read_moment("fin avril", late).choices == (Day(date(2024, 4, 30)),)


def test_a_repetition_on_the_31st_proposes_to_skip_or_to_take_the_last_day():
    question = read_moment("le 31 de chaque mois à 10h", WEDNESDAY)
    assert [choice.rrule for choice in question.choices] == [
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
    ]


def test_a_repetition_on_the_30th_proposes_the_last_day_of_february():
    question = read_moment("le 30 de chaque mois à 10h", WEDNESDAY)
    assert question.choices[1].rrule == "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"


def test_days_left_out_are_kept_beside_the_rule():
    found = read_moment("tous les mardis à 18h sauf le 7 mai et le 14 mai", WEDNESDAY)
    assert found.exdates == (date(2024, 5, 7), date(2024, 5, 14))


def test_a_repetition_whose_first_day_is_left_out_starts_with_the_next():
    found = read_moment("tous les mardis à 18h sauf le 9 avril", WEDNESDAY)
    assert found.start.date() == date(2024, 4, 16)


def test_the_zone_of_now_is_the_one_meant():
    reunion = ZoneInfo("Indian/Reunion")
    found = read_moment("demain 9h", datetime(2024, 4, 3, 10, tzinfo=reunion))
    assert found == Moment(datetime(2024, 4, 4, 9, tzinfo=reunion))


def test_leaving_out_every_month_leaves_nothing():
    text = "le 31 de chaque mois à 9h sauf en janvier, mars, mai, juillet, août, octobre, décembre"
    assert read_moment(text, WEDNESDAY) == Refused(Reason.NO_OCCURRENCE)
