"""Lines of the log hold nobody's account."""

import structlog

from bot.operations import logs


def told(**event):
    return logs.nameless(None, "info", event)


def test_an_account_is_told_by_its_server_only():
    assert told(user="@dany:example.org") == {"user": "@…:example.org"}


def test_an_account_within_a_trace_is_not_told_either():
    line = told(exception="ValueError: no room for @dany.b:example.org, nor @dany:localhost")
    assert line == {"exception": "ValueError: no room for @…:example.org, nor @…:localhost"}


def test_the_bots_own_account_is_told():
    assert told(user_id="@souci:example.org", count=3) == {
        "user_id": "@souci:example.org",
        "count": 3,
    }


def test_every_line_goes_that_way():
    logs.configure("info")
    processors = structlog.get_config()["processors"]
    structlog.reset_defaults()
    kinds = [type(one) for one in processors]
    told = kinds.index(structlog.processors.ExceptionRenderer)
    assert processors.index(logs.nameless) > told
