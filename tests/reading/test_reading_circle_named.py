import pytest

from commands.reading.inside import without_circle

CIRCLES = ("Littoral", "Sambre-Avesnois", "Pôle Métropolitain de l'Artois")


@pytest.mark.parametrize(
    ("name", "rest", "circle", "left"),
    [
        ("action", "Portes ouvertes dans Littoral", "Littoral", "Portes ouvertes"),
        ("action", "Portes dans littoral avant vendredi", "Littoral", "Portes avant vendredi"),
        ("action", "Portes avant vendredi in LITTORAL", "Littoral", "Portes avant vendredi"),
        ("action", "A dans Sambre Avesnois budget 40", "Sambre-Avesnois", "A budget 40"),
        ("contribution", "2h a dans Littoral #A1 80 €", "Littoral", "2h a #A1 80 €"),
        ("contribution", "2h a dans Littoral bénévole", "Littoral", "2h a bénévole"),
        ("budget", "dans Littoral", "Littoral", ""),
        ("budget", "dans pole metropolitain de l’artois", CIRCLES[2], ""),
        ("action", "Ranger dans Littoral dans Sambre-Avesnois", CIRCLES[1], "Ranger dans Littoral"),
        ("action", "Ranger dans le Littoral", "Littoral", "Ranger"),
        ("action", "Ranger dans la cave", None, "Ranger dans la cave"),
        ("action", "Balade dans Littoral sauvage", None, "Balade dans Littoral sauvage"),
        ("action", '"Lire dans Littoral #A1"', None, '"Lire dans Littoral #A1"'),
        ("action", "dans", None, "dans"),
    ],
)
def test_the_circle_is_taken_off_the_line(named, name, rest, circle, left):
    assert without_circle(named[name], rest, CIRCLES) == (circle, left)


def test_in_a_direct_message_the_circle_is_no_part_of_the_text(read):
    assert read("!action Portes ouvertes dans Littoral", direct=True).title == "Portes ouvertes"


def test_in_a_circle_s_room_it_is_text(read):
    title = "Portes ouvertes dans Littoral"
    assert read(f"!action {title}").title == title
