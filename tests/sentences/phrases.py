"""Sentences of the tests' own, said like those of the catalogue."""

from speech.sentences import Voice
from tests.sentences.samples import NOW

WORDS = {
    "fr": {
        "form.today": "aujourd’hui",
        "form.tomorrow": "demain",
        "form.yesterday": "hier",
        "form.day-at": "{{ day }} à {{ clock }}",
        "form.period": "du {{ since }} au {{ until }}",
        "form.yes": "oui",
        "form.no": "non",
        "form.someone": "une personne",
        "role.steward": "soucieux·se",
    },
    "en": {
        "form.today": "today",
        "form.tomorrow": "tomorrow",
        "form.yesterday": "yesterday",
        "form.day-at": "{{ day }} at {{ clock }}",
        "form.period": "from {{ since }} to {{ until }}",
    },
}


def phrase(template, language="fr", *, now=NOW, prefix="!", words=None, **values):
    """What a template says; `words` are further sentences that it may include."""
    sentences = {**WORDS[language], **(words or {}), "phrase": template}
    return Voice(language, sentences).say("phrase", values, now, prefix)
