"""HLS playlists over a show's segments."""

from collections.abc import Sequence
from datetime import UTC, datetime

from livestream.media.archive import Segment

_LIVE_WINDOW = 8
_GAP_FROM_MS = 2000


def live_playlist(segments: Sequence[Segment], *, is_over: bool) -> str:
    """The newest segments; what fell out of the window is counted, never forgotten."""
    window = segments[-_LIVE_WINDOW:]
    breaks_before = sum(segment.is_break for segment in segments[:-_LIVE_WINDOW])
    head = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{_target_s(segments)}",
        f"#EXT-X-MEDIA-SEQUENCE:{window[0].number if window else 0}",
        f"#EXT-X-DISCONTINUITY-SEQUENCE:{breaks_before}",
        "#EXT-X-INDEPENDENT-SEGMENTS",
    ]
    return _joined(head, window, ended=is_over)


def replay_playlist(segments: Sequence[Segment]) -> str:
    """The whole show from its first moment. What was not recorded is a gap, so that chapters stay true."""
    head = [
        "#EXTM3U",
        "#EXT-X-VERSION:8",
        f"#EXT-X-TARGETDURATION:{max(2, _target_s(segments))}",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-INDEPENDENT-SEGMENTS",
    ]
    return _joined(head, segments, ended=True)


def _joined(head: list[str], segments: Sequence[Segment], *, ended: bool) -> str:
    lines, init_name = head, None
    for position, segment in enumerate(segments):
        if ended and position:
            lines += _gap(segments[position - 1], segment)
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


def _gap(before: Segment, after: Segment) -> list[str]:
    """Whole seconds that are missing between two segments; a player passes over them."""
    missing_ms = after.start_ms - before.end_ms
    if missing_ms < _GAP_FROM_MS:
        return []
    seconds = [1000] * (missing_ms // 1000 - 1) + [1000 + missing_ms % 1000]
    return [
        line
        for duration_ms in seconds
        for line in ("#EXT-X-GAP", f"#EXTINF:{duration_ms / 1000:.3f},", f"{before.take}/gap.m4s")
    ]


def _target_s(segments: Sequence[Segment]) -> int:
    """From the whole show, so that it does not change back and forth while players follow."""
    return max([1, *((segment.duration_ms + 500) // 1000 for segment in segments)])


def _wall_clock(wall_ms: int) -> str:
    moment = datetime.fromtimestamp(wall_ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
