"""What a homeserver tells of who signs people in, and what of it is believed."""

import pytest
import pytest_asyncio
from aiohttp import web

from bot.matrix.net.errors import (
    IssuerRefusedError,
    LimitedError,
    LoginError,
    UnreachableError,
)
from bot.matrix.net.http import Homeserver
from bot.matrix.net.oauth import issuer_of

GRANTS = ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"]


@pytest_asyncio.fixture
async def told():
    """What each path is answered with: (status, body)."""
    return {}


@pytest_asyncio.fixture
async def home(told):
    async def answer(request: web.Request) -> web.Response:
        status, body = told.get(request.path, (404, {"errcode": "M_UNRECOGNIZED"}))
        if isinstance(body, str):
            return web.Response(status=status, text=body)
        return web.json_response(body, status=status)

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    home = Homeserver(f"http://127.0.0.1:{runner.addresses[0][1]}")
    yield home
    await home.close()
    await runner.cleanup()


def metadata(url: str, **more: object) -> dict[str, object]:
    return {
        "issuer": url,
        "token_endpoint": f"{url}/token",
        "registration_endpoint": f"{url}/register",
        "device_authorization_endpoint": f"{url}/device",
        "grant_types_supported": GRANTS,
    } | more


STABLE = "/_matrix/client/v1/auth_metadata"
BEFORE = "/_matrix/client/unstable/org.matrix.msc2965/auth_metadata"


@pytest.mark.parametrize("where", [STABLE, BEFORE])
async def test_an_issuer_is_found_under_both_names(home, told, where):
    told[where] = (200, metadata(home.url))
    assert (await issuer_of(home)).by_code().name == home.url


@pytest.mark.parametrize("body", [{"errcode": "M_UNRECOGNIZED"}, "<html>"])
async def test_a_homeserver_without_one_has_none(home, told, body):
    told[STABLE] = told[BEFORE] = (404, body)
    assert await issuer_of(home) is None


async def test_a_homeserver_in_trouble_is_none_without_issuer(home, told):
    told[STABLE] = (502, "<html>")
    with pytest.raises(UnreachableError):
        await issuer_of(home)


@pytest.mark.parametrize(
    "more",
    [
        {"grant_types_supported": ["authorization_code", "refresh_token"]},
        {"grant_types_supported": GRANTS[2:]},
        {"device_authorization_endpoint": None},
        {"registration_endpoint": 7},
    ],
)
async def test_an_issuer_that_signs_nobody_in_by_a_code_is_told(home, told, more):
    told[STABLE] = (200, metadata(home.url, **more))
    with pytest.raises(LoginError, match=r"by no code for a device: give matrix\.access_token"):
        (await issuer_of(home)).by_code()


@pytest.mark.parametrize("endpoint", ["ftp://127.0.0.1/token", "file:///etc/passwd"])
async def test_a_token_is_sent_to_no_other_kind_of_address(home, told, endpoint):
    told[STABLE] = (200, metadata(home.url, token_endpoint=endpoint))
    with pytest.raises(LoginError, match="without encryption"):
        await issuer_of(home)


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, {"error": "invalid_grant"}, IssuerRefusedError),
        (403, {"error": "invalid_grant"}, IssuerRefusedError),
        (429, {"error": "slow_down"}, IssuerRefusedError),
        (429, {}, LimitedError),
        (400, {"error": "temporarily_unavailable"}, UnreachableError),
        (503, {"error": "invalid_grant"}, UnreachableError),
        (404, "<html>", UnreachableError),
        (302, "", UnreachableError),
        (200, "<html>", UnreachableError),
        (200, {"refresh_token": "r2"}, UnreachableError),
    ],
)
async def test_a_refusal_is_what_the_issuer_itself_says(home, told, status, body, error):
    told[STABLE], told["/token"] = (200, metadata(home.url)), (status, body)
    issuer = await issuer_of(home)
    with pytest.raises(error):
        await issuer.renew("client", "r1")


async def test_a_pair_without_a_new_refresh_token_keeps_the_former(home, told):
    told[STABLE] = (200, metadata(home.url))
    told["/token"] = (200, {"access_token": "a2", "expires_in": 300})
    pair = await (await issuer_of(home)).renew("client", "r1")
    assert (pair.token, pair.refresh_token, pair.lasts) == ("a2", "r1", 300)
