"""What is answered about the programme, one class a key (the sentences: `locales`)."""

from datetime import date, datetime

from circle.actions import ActionState
from circle.money import Money
from circle.people import Person
from circle.refs import Ref
from commands.kernel.sentence import Inline, Sentence, Values
from commands.shared.replies import ItemFacts


class ActionFacts(Values):
    """What every answer about an action tells."""

    id: Ref
    title: str
    holders: tuple[Person, ...]
    due: date | datetime | None
    budget: Money | None


class ActionMove(Values):
    """An action that somebody moved, with what they said of it."""

    action: Inline[ActionFacts]
    member: Person
    text: str


class ActionMoved(Sentence):
    """A family: an action moved, and nothing else is told."""

    move: Inline[ActionMove]


class ActionChanged(ActionMoved, key="action.changed"): ...


class ActionLeft(ActionMoved, key="action.left"): ...


class ActionProgress(ActionMoved, key="action.progress"): ...


class ActionSaidDone(ActionMoved, key="action.said-done"): ...


class ActionDone(ActionMoved, key="action.done"): ...


class ActionReopened(ActionMoved, key="action.reopened"): ...


class ActionTaken(Sentence, key="action.taken"):
    move: Inline[ActionMove]
    promoted: bool


class ActionDropped(Sentence, key="action.dropped"):
    move: Inline[ActionMove]
    reason: str


class WorkstreamName(Values):
    """The workstream an action is of."""

    name: str


class ActionAdded(Sentence, key="action.added"):
    """`left`: amounts that stayed in its title, where no budget was read."""

    action: Inline[ActionFacts]
    member: Person
    workstream: WorkstreamName | None
    left: tuple[str, ...]


class ActionLine(Values):
    """A line of a list of actions."""

    action: Inline[ActionFacts]
    state: ActionState
    late: bool


class ActionList(Sentence, key="action.list"):
    items: tuple[ActionLine, ...]
    count: int
    more: int


class ActionNews(Values):
    """What somebody said of an action."""

    member: Person
    day: date
    text: str


class ActionCard(Sentence, key="action.card"):
    item: ActionLine
    workstream: str | None
    news: tuple[ActionNews, ...]


class EntryCard(Sentence, key="entry.card"):
    item: ItemFacts
