"""One voice for all tests of what is said."""

import pytest

from speech.sentences import Speech
from tests.sentences.samples import NOW, PARIS


@pytest.fixture(scope="session")
def say():
    """Says a key with its values, in French on 30 November 2026 unless told otherwise."""
    speech = Speech()

    def say(key, values, language="fr", *, now=NOW, zone=PARIS, prefix="!"):
        return speech.say(key, values, language, zone=zone, now=now, prefix=prefix)

    return say
