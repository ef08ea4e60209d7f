import re

import pytest

from livestream.media.archive import Segment
from livestream.media.playlists import live_playlist, replay_playlist


def show(durations_ms, *, breaks=(), takes=None):
    starts = [sum(durations_ms[:number]) for number in range(len(durations_ms))]
    return [
        Segment(
            number,
            takes[number] if takes else 0,
            0,
            starts[number],
            length,
            number in breaks,
            1_800_000_000_000,
            9,
        )
        for number, length in enumerate(durations_ms)
    ]


def test_a_replay_lists_the_whole_show_and_ends():
    text = replay_playlist(show([1000, 1040, 960]))

    assert re.findall(r"#EXTINF:([\d.]+),\n(\S+)", text) == [
        ("1.000", "0/s0.m4s"),
        ("1.040", "0/s1.m4s"),
        ("0.960", "0/s2.m4s"),
    ]
    assert text.endswith("#EXT-X-ENDLIST\n")


def test_a_live_playlist_moves_on():
    text = live_playlist(show([1000] * 20), is_over=False)

    assert "#EXT-X-MEDIA-SEQUENCE:12\n" in text
    assert re.findall(r"s(\d+)\.m4s", text) == [str(number) for number in range(12, 20)]
    assert "#EXT-X-ENDLIST" not in text


@pytest.mark.parametrize("longest", [1000, 1499, 1500, 2600])
def test_no_segment_is_longer_than_promised(longest):
    text = live_playlist(show([1000, longest, 1000]), is_over=False)

    (promised,) = re.findall(r"TARGETDURATION:(\d+)", text)
    assert round(longest / 1000 + 1e-9) <= int(promised)


def test_an_interruption_is_a_discontinuity_with_its_own_init():
    text = replay_playlist(show([1000] * 4, breaks={2}, takes=[0, 0, 1, 1]))

    assert 's1.m4s\n#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI="1/init0.mp4"' in text
    assert text.count("#EXT-X-DISCONTINUITY\n") == 1


def test_interruptions_that_left_the_window_are_counted():
    text = live_playlist(show([1000] * 20, breaks={3, 9, 15}), is_over=False)

    assert "#EXT-X-DISCONTINUITY-SEQUENCE:2\n" in text
    assert text.count("#EXT-X-DISCONTINUITY\n") == 1
