"""Gives a nio client's account a cross-signing identity, and signs its device with it.

Kept apart from the bot's own on purpose: a test's member must not share the bot's mistakes.
"""

import base64
import json
from typing import Any

from Crypto.PublicKey import ECC
from Crypto.Signature import eddsa
from nio import AsyncClient

USAGES = ("master", "self_signing", "user_signing")


async def cross_sign(client: AsyncClient) -> None:
    """A new identity for an account that has none; its current device signed by it."""
    secret = {usage: ECC.generate(curve="Ed25519") for usage in USAGES}
    user = client.user_id
    keys = {f"{usage}_key": _public_part(user, usage, secret[usage]) for usage in USAGES}
    for usage in ("self_signing", "user_signing"):
        _sign(keys[f"{usage}_key"], user, secret["master"])
    await _post(client, "keys/device_signing/upload", keys)

    found = await _post(client, "keys/query", {"device_keys": {user: [client.device_id]}})
    device = found["device_keys"][user][client.device_id]
    device.pop("unsigned", None)
    _sign(device, user, secret["self_signing"])
    await _post(client, "keys/signatures/upload", {user: {client.device_id: device}})


def _public_part(user: str, usage: str, key: ECC.EccKey) -> dict[str, Any]:
    public = _public(key)
    return {"user_id": user, "usage": [usage], "keys": {f"ed25519:{public}": public}}


def _public(key: ECC.EccKey) -> str:
    return _unpadded(key.public_key().export_key(format="raw"))


def _sign(value: dict[str, Any], user: str, key: ECC.EccKey) -> None:
    signed = {name: part for name, part in value.items() if name != "signatures"}
    canonical = json.dumps(signed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    signature = _unpadded(eddsa.new(key, "rfc8032").sign(canonical.encode()))
    mine = value.setdefault("signatures", {}).setdefault(user, {})
    mine[f"ed25519:{_public(key)}"] = signature


def _unpadded(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")


async def _post(client: AsyncClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {client.access_token}"}
    address = f"/_matrix/client/v3/{path}"
    async with await client.send("POST", address, json.dumps(body), headers) as response:
        answer = await response.json()
        assert response.status == 200, answer
        assert not answer.get("failures"), answer
        return answer
