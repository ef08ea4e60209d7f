"""HLS playlists over a show's segments."""

from collections.abc import Sequence
from datetime import UTC, datetime

from livestream.media.archive import Segment

_LIVE_WINDOW = 8
_LIVE_TARGET_S = 2  # must not change while players follow


def live_playlist(segments: Sequence[Segment], *, is_over: bool) -> str:
    """The newest segments; what fell out of the window is counted, never forgotten."""
    window = segments[-_LIVE_WINDOW:]
    breaks_before = sum(segment.is_break for segment in segments[:-_LIVE_WINDOW])
    target = max([_LIVE_TARGET_S, *(_rounded_seconds(segment) for segment in window)])
    head = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{target}",
        f"#EXT-X-MEDIA-SEQUENCE:{window[0].number if window else 0}",
        f"#EXT-X-DISCONTINUITY-SEQUENCE:{breaks_before}",
        "#EXT-X-INDEPENDENT-SEGMENTS",
    ]
    return _joined(head, window, ended=is_over)


def replay_playlist(segments: Sequence[Segment]) -> str:
    """The whole show from its first moment."""
    target = max([1, *(_rounded_seconds(segment) for segment in segments)])
    head = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{target}",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-INDEPENDENT-SEGMENTS",
    ]
    return _joined(head, segments, ended=True)


def _joined(head: list[str], segments: Sequence[Segment], *, ended: bool) -> str:
    lines, init_name = head, None
    for position, segment in enumerate(segments):
        if segment.is_break:
            lines.append("#EXT-X-DISCONTINUITY")
        if segment.init_name != init_name:
            init_name = segment.init_name
            lines.append(f'#EXT-X-MAP:URI="{init_name}"')
        if position == 0 or segment.is_break:
            lines.append(f"#EXT-X-PROGRAM-DATE-TIME:{_wall_clock(segment.wall_ms)}")
        lines.append(f"#EXTINF:{segment.duration_ms / 1000:.3f},")
        lines.append(segment.name)
    if ended:
        lines.append("#EXT-X-ENDLIST")
    return "\n".join(lines) + "\n"


def _rounded_seconds(segment: Segment) -> int:
    return (segment.duration_ms + 500) // 1000


def _wall_clock(wall_ms: int) -> str:
    moment = datetime.fromtimestamp(wall_ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
