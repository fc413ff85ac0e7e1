"""A Synapse that signs nobody in itself: an issuer does."""

from dataclasses import astuple
from pathlib import Path

from bot.demo.homeserver import Homeserver
from bot.demo.settings import ServerSettings
from tests.matrix.oauth.issuer import Issuer


class DelegatingHomeserver(Homeserver):
    """The embedded homeserver, delegating to an issuer that runs."""

    def __init__(self, folder: Path, issuer: Issuer) -> None:
        super().__init__(folder)
        issuer.attend(self.url)

        class Delegating(ServerSettings):
            def _homeserver(self) -> dict[str, object]:
                told = ServerSettings._homeserver(self)
                told |= {"password_config": {"enabled": False}}
                told["matrix_authentication_service"] = {
                    "enabled": True,
                    "endpoint": issuer.url,
                    "secret": issuer.secret,
                }
                return {key: told[key] for key in told if key != "registration_shared_secret"}

        self._settings = Delegating(*astuple(self._settings))
