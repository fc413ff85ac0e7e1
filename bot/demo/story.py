"""The fortnight that the demonstration plays: who does what, and what the bot must answer.

Days of the past are told with `le …`: the circle's clock is the real one.
"""

from typing import Final

from bot.demo.beats import InvitesBeat, ReactsBeat, SaysBeat, StoryScene, VotesBeat

SCENES: Final = (
    StoryScene(
        "demo.scene.circle",
        (
            InvitesBeat(who="alice", expects="welcome"),
            SaysBeat(
                who="alice",
                fr="!cercle créer Littoral territorial",
                en="!circle create Littoral territorial",
                expects="circle.created",
            ),
            SaysBeat(
                who="alice",
                fr="!rôle @bob contributeur",
                en="!role @bob contributor",
                expects="role.set",
            ),
            SaysBeat(
                who="alice",
                fr="!doter 1 800 € de la Région",
                en="!grant 1800 € from the Region",
                expects="budget.granted",
                values={"amount": {"cents": 180_000, "currency": "EUR"}},
            ),
            SaysBeat(
                who="alice",
                fr="!chantier Accueil soucieux @alice enveloppe 600 €",
                en="!workstream Welcome steward @alice envelope 600 €",
                expects="workstream.added",
            ),
        ),
    ),
    StoryScene(
        "demo.scene.programme",
        (
            SaysBeat(
                who="alice",
                fr="!action Portes ouvertes du fablab chantier Accueil avant le {ahead[20]}"
                " budget 400 €",
                en="!action Open day at the fablab workstream Welcome before {ahead[20]}"
                " budget 400 €",
                expects="action.added",
                values={"id": "A1"},
            ),
            ReactsBeat(who="bob", emoji="🙋", to="A1", expects="action.taken"),
            SaysBeat(
                who="carole",
                fr="!action Annuaire des lieux du littoral avant le {ahead[28]}",
                en="!action Directory of our places before {ahead[28]}",
                expects="action.added",
                values={"id": "A2"},
            ),
            SaysBeat(
                who="dany",
                fr="!action Atelier vélo budget 120 €",
                en="!action Bike workshop budget 120 €",
                expects="action.added",
                values={"id": "A3"},
            ),
            SaysBeat(who="dany", fr="!prendre A3", en="!take A3", expects="action.taken"),
            SaysBeat(
                who="bob",
                fr="!avance A1 salle trouvée, affiches à l’impression",
                en="!progress A1 room found, posters at the printer’s",
                expects="action.progress",
            ),
        ),
    ),
    StoryScene(
        "demo.scene.contributions",
        (
            SaysBeat(
                who="bob",
                fr="!contribution 2h30 affiches et réseaux #A1 80 € le {ago[12]}",
                en="!contribution 2h30 posters and networks #A1 80 € on {ago[12]}",
                expects="contribution.declared",
                values={"minutes": 150},
            ),
            SaysBeat(
                who="dany",
                fr="!contribution ½ journée réparation de vélos #A3 bénévole le {ago[8]}",
                en="!contribution ½ day mending bikes #A3 pro bono on {ago[8]}",
                expects="contribution.declared",
                values={"pro_bono": True},
            ),
            SaysBeat(
                who="bob",
                fr="!frais 45,90 € peinture #A1 le {ago[4]}",
                en="!expense 45.90 € paint #A1 on {ago[4]}",
                expects="expense.declared",
                values={"amount": {"cents": 4_590, "currency": "EUR"}},
            ),
            SaysBeat(
                who="carole",
                fr="!contribution 1h30 appels aux lieux #A2 60 € le {ago[3]}",
                en="!contribution 1h30 calls to the places #A2 60 € on {ago[3]}",
                expects="contribution.declared",
                values={"minutes": 90},
            ),
            SaysBeat(
                who="dany",
                fr="!contributon 1h accueil",
                en="!contributon 1h welcome",
                expects="refused.unknown-command",
            ),
            SaysBeat(
                who="dany",
                fr="!contribution 1h accueil",
                en="!contribution 1h welcome",
                edits=True,
                expects="contribution.declared",
            ),
            SaysBeat(
                who="dany",
                fr="!fait douze vélos réparés",
                en="!done twelve bikes mended",
                to="A3",
                expects="action.done",
                values={"id": "A3"},
            ),
        ),
    ),
    StoryScene(
        "demo.scene.vote",
        (
            SaysBeat(
                who="alice",
                fr="!vote Acheter une imprimante pour les affiches\u202f? budget 150 € quorum 1/2",
                en="!vote Buy a printer for the posters? budget 150 € quorum 1/2",
                expects="vote.opened",
                values={"id": "V1", "electorate": 4},
            ),
            VotesBeat(who="bob", vote="V1", answer=0, expects="ballot.cast"),
            ReactsBeat(who="dany", emoji="👍", to="V1", expects="ballot.cast"),
            SaysBeat(who="carole", fr="!à-voter", en="!pending", expects="vote.pending"),
            SaysBeat(
                who="carole", fr="!bulletin V1 contre", en="!ballot V1 no", expects="ballot.cast"
            ),
            SaysBeat(
                who="alice", fr="!bulletin V1 pour", en="!ballot V1 yes", expects="ballot.cast"
            ),
            SaysBeat(
                who="alice",
                fr="!clore V1",
                en="!close V1",
                expects="vote.closed",
                values={"adopted": True, "cast": 4},
                file="V1.json",
            ),
        ),
    ),
    StoryScene(
        "demo.scene.meeting",
        (
            SaysBeat(
                who="alice",
                fr="!régulation mardi {meeting} de 18h à 20h à La Halle",
                en="!regulation tuesday {meeting} 6pm to 8pm at The Hall",
                expects="meeting.scheduled",
                values={"id": "M1"},
                file="M1.ics",
            ),
            ReactsBeat(who="bob", emoji="✅", to="M1", expects="meeting.attendance"),
            ReactsBeat(who="dany", emoji="✅", to="M1", expects="meeting.attendance"),
            SaysBeat(
                who="carole",
                fr="!excusé M1",
                en="!excused M1",
                expects="meeting.attendance",
                values={"present": 2, "excused": 1},
            ),
            SaysBeat(
                who="alice",
                fr="!budget",
                en="!budget",
                expects="budget.status",
                file="budget.png",
            ),
        ),
    ),
    StoryScene(
        "demo.scene.week",
        (
            SaysBeat(
                who="alice",
                fr="!bilan",
                en="!summary",
                expects="summary.week",
                file="week.png",
            ),
            SaysBeat(
                who="carole",
                fr="!cercles",
                en="!circles",
                coordination=True,
                expects="status.circles",
            ),
        ),
    ),
)
