"""What the operator decided, as the pipeline and the Matrix shell take it."""

from datetime import UTC, datetime

from bot.config.model import Config
from bot.config.rules import quotas_of, rules_of
from bot.matrix.net.settings import MatrixSettings
from bot.pipeline.requests import OperatorSettings
from speech.sentences import Speech


def settings_of(config: Config) -> OperatorSettings:
    """For the dispatcher."""
    return OperatorSettings(
        user_id=config.matrix.user_id,
        prefix=config.prefix,
        coordinators=frozenset(config.coordinators),
        coordination_room=config.coordination_room,
        quotas=quotas_of(config),
        receipts=config.state_dir,
        rules=rules_of(config),
    )


def matrix_settings_of(config: Config) -> MatrixSettings:
    """For the Matrix shell."""
    account = config.matrix
    return MatrixSettings(
        homeserver=account.homeserver,
        user_id=account.user_id,
        password=account.password.reveal() if account.password else None,
        access_token=account.access_token.reveal() if account.access_token else None,
        device_id=account.device_id,
        invites_allow=config.invites.allow,
        refusal=_refusal(config.language),
    )


def _refusal(language: str) -> str:
    now = datetime.now(UTC)
    return Speech().say("invitation.refused", {}, language, zone=UTC, now=now).text
