"""Agenda, session, decisions, pro rata, minutes (docs/domain.md: Regulation)."""

from commands.regulation.agenda import COMMANDS as AGENDA
from commands.regulation.decisions import COMMANDS as DECIDING
from commands.regulation.minutes import COMMANDS as MINUTES
from commands.regulation.session import COMMANDS as SESSION
from commands.regulation.sharing import COMMANDS as SHARING

COMMANDS = (*AGENDA, *SESSION, *DECIDING, *SHARING, *MINUTES)

__all__ = ["COMMANDS"]
