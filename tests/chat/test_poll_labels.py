"""What people write, where it becomes something to click on."""

import pytest

OVERRIDE = "\N{RIGHT-TO-LEFT OVERRIDE}"
HIDDEN = "\N{ZERO WIDTH SPACE}"


def labels(box):
    [poll] = box.polls("V1")
    return [one["org.matrix.msc1767.text"] for one in poll["answers"]]


@pytest.mark.parametrize("sign", [OVERRIDE, HIDDEN, "\N{LEFT-TO-RIGHT ISOLATE}", "\ufeff"])
async def test_an_option_does_not_turn_its_label_around(box, sign):
    await box.play(f"alice> !choix Où{sign} ? : pour{sign} | con{sign}tre")
    assert labels(box) == ["pour", "contre"]
    [poll] = box.polls("V1")
    assert sign not in poll["question"]["body"]


async def test_an_emoji_of_several_signs_stays_whole(box):
    await box.play("alice> !choix Qui ? : 👩\u200d🌾 paysanne | 👩\u200d🍳 cuisinière")
    assert labels(box) == ["👩\u200d🌾 paysanne", "👩\u200d🍳 cuisinière"]


async def test_words_from_right_to_left_stay_within_their_label(box):
    await box.play("alice> !choix Mot ? : شكرا | merci")
    assert labels(box) == ["\u2068شكرا\u2069", "merci"]
