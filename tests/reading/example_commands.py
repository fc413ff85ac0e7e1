"""One example command for each line of the table of words, those of later families too."""

from typing import Any

from commands.kernel.command import Command
from commands.kernel.topics import Topic
from tests.reading import arguments as given


def command(args: type[Any], french: str, english: str, *others: str) -> Command[Any]:
    examples = {"fr": (french,), "en": (english,)}
    names = others or (french.split(maxsplit=1)[0], english.split(maxsplit=1)[0])
    return Command(
        key=names[0],
        topic=Topic.PROGRAMME,
        names=names,
        args=args,
        run=None,
        examples=examples,
    )


COMMANDS = (
    command(given.Word, "aide", "help"),
    command(
        given.Create,
        "cercle créer Littoral territorial",
        "circle create Littoral territorial",
        *("cercle créer", "circle create"),
    ),
    command(given.Nothing, "cercle", "circle"),
    command(given.Setting, "réglage bilan lundi 9h", "setting summary monday 9am"),
    command(given.GiveRole, "rôle @bob contributeur", "role @bob contributor"),
    command(given.Nothing, "membres", "members"),
    command(given.Stream, "chantier Accueil soucieux @alice", "workstream Welcome steward @alice"),
    command(given.Action, "action Portes ouvertes avant le 12 décembre", "action Open day"),
    command(given.Actions, "actions en cours", "actions open"),
    command(given.OneAction, "prendre A1", "take A1"),
    command(given.OneAction, "lâcher A1", "leave A1"),
    command(given.Note, "avance A1 salle trouvée", "progress A1 room found"),
    command(given.Done, "fait A1 affiches collées", "done A1 posters up"),
    command(given.Change, "modifier A1 avant vendredi", "change A1 before friday"),
    command(
        given.Contribution,
        "contribution 2h affiches",
        "contribution 2h posters",
        *("contribution", "contribution", "contrib"),
    ),
    command(given.Expense, "frais 45 € peinture", "expense 45 € paint"),
    command(given.Items, "contributions de @bob", "contributions of @bob"),
    command(given.Statement, "relevé @bob trimestre", "statement @bob"),
    command(given.Cancel, "annuler C12", "cancel C12"),
    command(given.Correct, "corriger C12 3h affiches", "correct C12 3h posters"),
    command(given.Grant, "doter 3000 de FEDER", "grant 3000 from FEDER"),
    command(given.Nothing, "budget", "budget", "budget", "balance"),
    command(given.Lines, "journal 20", "ledger 20"),
    command(given.Invoice, "facture C12 F-2026-031", "invoiced C12 F-2026-031"),
    command(given.OneEntry, "payé C12", "paid C12"),
    command(given.Vote, "vote Acheter une imprimante", "vote Buy a printer"),
    command(given.Choose, "choix Quand : lundi | mardi", "choice When : monday | tuesday"),
    command(
        given.ShareOut, "partage 3000 : A1 500 € | A2 300 €", "share 3000 : A1 500 € | A2 300 €"
    ),
    command(given.Ballot, "bulletin V3 oui", "ballot V3 yes"),
    command(given.OneVote, "clore V3", "close V3"),
    command(given.Extend, "prolonger V3 dimanche", "extend V3 sunday"),
    command(given.Nothing, "à voter", "pending", "à-voter", "pending"),
    command(given.Regulation, "régulation mardi à 18h", "regulation tuesday at 6pm"),
    command(given.Meeting, "réunion Café jeudi 14h", "meeting Coffee thursday 2pm"),
    command(given.Nothing, "réunions", "meetings"),
    command(given.Move, "déplacer M1 mercredi 19h", "move M1 wednesday 7pm"),
    command(given.OneMeeting, "présent M1", "present M1"),
    command(given.Agenda, "odj + le budget", "agenda + the budget"),
    command(given.Session, "séance ouvrir M1", "session open M1"),
    command(given.Decide, "décision C12 80 €", "decide C12 80 €"),
    command(given.Remind, "rappel vendredi 9h la convention", "remind friday 9am the agreement"),
    command(given.Since, "bilan depuis lundi", "summary since monday"),
    command(given.Status, "état Littoral", "status Littoral"),
    command(given.Language, "langue fr", "language en"),
)
