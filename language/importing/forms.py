"""The four tables of an import: what their columns are called, in French and in English."""

from pathlib import PurePath
from typing import Final

from language.importing.fields import fold
from language.importing.tables import TableForm

PEOPLE: Final = TableForm(
    kind="people",
    files=("personnes", "people"),
    columns={
        "name": ("nom", "name"),
        "account": ("compte", "account", "compte matrix", "matrix", "matrix id"),
        "kind": ("sorte", "kind"),
        "role": ("rôle", "role"),
        "since": ("depuis", "since"),
        "until": ("jusqu’au", "until", "jusqu'au", "jusquau"),
    },
    needed=frozenset({"name"}),
)
ACTIONS: Final = TableForm(
    kind="actions",
    files=("actions",),
    columns={
        "title": ("titre", "title", "intitulé"),
        "workstream": ("chantier", "workstream"),
        "holders": ("porté par", "holders", "portee par", "qui", "référent·es", "held by"),
        "due": ("échéance", "due"),
        "budget": ("budget",),
        "state": ("état", "state"),
        "on": ("le", "on", "dernier signe", "last sign", "moved"),
    },
    needed=frozenset({"title"}),
    numbers=frozenset({"budget"}),
    computed=("action", "décidé", "decided", "regulated", "ajoutée le", "added on", "added"),
)
ENVELOPES: Final = TableForm(
    kind="envelopes",
    files=("enveloppes", "envelopes"),
    columns={
        "amount": ("montant", "amount", "accordé", "granted"),
        "funder": ("financeur", "funder"),
        "workstream": ("chantier", "workstream"),
        "period": ("période", "period"),
        "on": ("le", "on", "date", "inscrit le", "entered on", "at"),
    },
    needed=frozenset({"amount", "on"}),
    numbers=frozenset({"amount"}),
    computed=(
        *("cercle", "circle", "enveloppe", "envelope", "décidé", "decided", "regulated"),
        *("payé", "paid", "reste", "left"),
    ),
)
ENTRIES: Final = TableForm(
    kind="entries",
    files=("ecritures", "entries", "écritures"),
    columns={
        "person": ("personne", "person"),
        "payee": ("structure", "payee"),
        "nature": ("nature",),
        "day": ("jour", "day"),
        "minutes": ("heures", "hours", "durée"),
        "what": ("quoi", "what"),
        "action": ("action",),
        "asked": ("demandé", "asked"),
        "pro_bono": ("bénévole", "pro bono"),
        "regulated": ("décidé", "decided", "regulated"),
        "regulated_on": ("décidé le", "decided on"),
        "invoice": ("facture", "invoice"),
        "invoiced_on": ("facturé le", "invoiced on"),
        "paid_on": ("payé le", "paid on"),
        "refused_on": ("refusé le", "refused on"),
    },
    needed=frozenset({"person", "day"}),
    numbers=frozenset({"minutes", "asked", "regulated"}),
)
FORMS: Final = (PEOPLE, ACTIONS, ENVELOPES, ENTRIES)
"""In the order in which they are entered: people before what names them."""

_EXAMPLES: Final = {
    "fr": {
        "people": ("#bob", "@bob:example.org", "personne", "contributeur", "01/09/2026", ""),
        "actions": ("#Portes ouvertes", "Accueil", "bob", "12/12/2026", "400", "en cours", ""),
        "envelopes": ("#1 200,00", "la Région", "", "2026", "15/01/2026"),
        "entries": (
            *("#bob", "", "contribution", "03/10/2026", "2h30", "affiches", "Portes ouvertes"),
            *("80,00", "", "60,00", "06/10/2026", "F-12", "10/10/2026", "31/10/2026", ""),
        ),
    },
    "en": {
        "people": ("#bob", "@bob:example.org", "person", "contributor", "2026-09-01", ""),
        "actions": ("#Open day", "Welcome", "bob", "2026-12-12", "400", "open", ""),
        "envelopes": ("#1200.00", "the Region", "", "2026", "2026-01-15"),
        "entries": (
            *("#bob", "", "contribution", "2026-10-03", "2h30", "posters", "Open day"),
            *("80.00", "", "60.00", "2026-10-06", "F-12", "2026-10-10", "2026-10-31", ""),
        ),
    },
}


def form_of(file: str) -> TableForm | None:
    """The form of a file, by its name: `ecritures.csv`, `Ecritures-2026.CSV`."""
    first = fold(PurePath(file).stem).partition(" ")[0]
    return next((form for form in FORMS if first in map(fold, form.files)), None)


def templates(language: str) -> dict[str, bytes]:
    """The four files to fill in: their titles, and an example that is not read (it begins with #).

    In French as French spreadsheets write them, otherwise in the ISO form.
    """
    french = language == "fr"
    made: dict[str, bytes] = {}
    for form in FORMS:
        titles = [names[0 if french else min(1, len(names) - 1)] for names in form.columns.values()]
        mark = ";" if french else ","
        text = "".join(
            mark.join(cells) + "\r\n" for cells in (titles, _EXAMPLES[language][form.kind])
        )
        name = form.files[0 if french else min(1, len(form.files) - 1)]
        made[f"{name}.csv"] = text.encode("utf-8-sig" if french else "utf-8")
    return made
