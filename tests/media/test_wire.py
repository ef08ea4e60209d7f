import pytest

from livestream.media.bad_input import BadInput
from livestream.media.wire import (
    config_text,
    pack_record,
    read_config,
    read_hello,
    read_text,
    unpack_records,
)
from tests.media.material import config, records


def test_records_come_out_as_they_went_in():
    sent = records(1)

    received = list(unpack_records(b"".join(pack_record(record) for record in sent)))

    assert received == sent


def test_a_config_comes_out_as_it_went_in():
    assert read_config(read_text(config_text(config()))) == config()


@pytest.mark.parametrize("message", [b"\1", b"\1" * 30, b"\7" + bytes(17)], ids=["head", "payload", "kind"])
def test_refuses_messages_that_are_no_records(message):
    with pytest.raises(BadInput):
        list(unpack_records(message))


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"type": 1}', "GET / HTTP/1.1"])
def test_refuses_text_that_is_no_message(text):
    with pytest.raises(BadInput):
        read_text(text)


@pytest.mark.parametrize(
    "message", [{"type": "config"}, {"type": "hello"}, {"type": "hello", "token": "x", "form": "avi"}]
)
def test_refuses_a_hello_without_a_token_or_with_an_unknown_form(message):
    with pytest.raises(BadInput):
        read_hello(message)


@pytest.mark.parametrize(
    "video",
    [
        None,
        {"width": 360, "height": 640},
        {"width": 99999, "height": 640, "description": "0142e01fffe1"},
        {"width": 360, "height": 640, "description": "zz"},
        {"width": 360, "height": 640, "description": "00" * 12},
    ],
    ids=["none", "undescribed", "huge", "not hex", "not avcC"],
)
def test_refuses_a_picture_it_could_not_show(video):
    with pytest.raises(BadInput):
        read_config({"type": "config", "video": video})
