"""A sync answer is read whatever single events in it are like."""

import msgspec
import pytest

from bot.matrix.net.errors import UnreachableError
from bot.matrix.sync.reading import unpack
from bot.matrix.sync.wire import read_sync


def answer(*to_device: str) -> bytes:
    return f'{{"next_batch":"t","to_device":{{"events":[{",".join(to_device)}]}}}}'.encode()


def test_unknown_parts_are_passed_over():
    assert read_sync(b'{"next_batch":"t","presence":{"events":[1]}}').next_batch == "t"


@pytest.mark.parametrize("odd", ['{"a":"\\ud800"}', '{"a":NaN}', '{"a":1e999}', "[1]", '"x"'])
def test_an_event_that_strict_json_forbids_hides_no_other(odd):
    found = unpack(read_sync(answer(odd, '{"b":2}')).to_device.events)
    assert {"b": 2} in found


@pytest.mark.parametrize("depth", [100, 900, 5000])
def test_an_event_nested_beyond_sense_hides_no_other(depth):
    deep = '{"a":' * depth + "1" + "}" * depth
    found = unpack(read_sync(answer(deep, '{"b":2}')).to_device.events)
    assert {"b": 2} in found


@pytest.mark.parametrize("odd", [b"", b"{", b"<html>", b'{"rooms":{}}', b"[]", b"\xff"])
def test_what_is_no_sync_answer_is_as_good_as_none(odd):
    with pytest.raises(UnreachableError):
        read_sync(odd)


def test_an_absent_list_of_keys_is_told_from_an_empty_one():
    assert read_sync(b'{"next_batch":"t"}').device_one_time_keys_count is None
    empty = read_sync(b'{"next_batch":"t","device_one_time_keys_count":{}}')
    assert empty.device_one_time_keys_count == {}


def test_events_keep_what_they_were():
    [raw] = read_sync(answer('{"a":[1,"é"]}')).to_device.events
    assert msgspec.json.decode(raw) == {"a": [1, "é"]}
