"""Moments are told in the reader's zone and language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import formats, timezone, translation

from kit import moments

EVENING = datetime(2026, 11, 24, 12, 5, tzinfo=UTC)  # 19.05 in Jakarta


@pytest.fixture(autouse=True)
def in_jakarta() -> Iterator[None]:
    with timezone.override("Asia/Jakarta"), translation.override("id"):
        yield


def test_a_short_date_has_no_dot_after_its_month() -> None:
    assert moments.date(EVENING) == "24 Nov 2026"


def test_a_long_date_names_the_day() -> None:
    assert moments.long_date(EVENING) == "Selasa, 24 November 2026"


@pytest.mark.parametrize(
    ("zone", "told"),
    [("Asia/Jakarta", "19.05 WIB"), ("Asia/Makassar", "20.05 WITA"), ("Asia/Jayapura", "21.05 WIT")],
)
def test_a_time_names_its_zone(zone: str, told: str) -> None:
    with timezone.override(zone):
        assert moments.time(EVENING) == told


def test_a_zone_outside_indonesia_is_a_distance() -> None:
    with timezone.override("Asia/Kolkata"):
        assert moments.time(EVENING) == "17.35 UTC+5.5"


def test_two_clocks_are_told_when_the_seller_lives_by_another() -> None:
    with timezone.override("Asia/Makassar"):
        assert moments.time(EVENING, seller_zone="Asia/Jakarta") == "20.05 WITA (19.05 WIB)"


def test_one_clock_is_told_when_both_live_by_it() -> None:
    assert moments.time(EVENING, seller_zone="Asia/Jakarta") == "19.05 WIB"


def test_a_schedule_says_it_all() -> None:
    assert moments.schedule(EVENING) == "Selasa, 24 Nov 2026, 19.05 WIB"


def test_english_uses_colons_and_its_own_names() -> None:
    with translation.override("en"):
        assert moments.schedule(EVENING) == "Tuesday, 24 Nov 2026, 19:05 WIB"


def test_midnight_belongs_to_the_readers_day() -> None:
    late = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)

    assert moments.date_time(late) == "1 Jan 2027, 00.30 WIB"


@pytest.mark.parametrize(
    ("passed", "told"),
    [
        (timedelta(seconds=20), "baru saja"),
        (timedelta(minutes=5), "5 menit lalu"),
        (timedelta(hours=23, minutes=59), "23 jam lalu"),
        (timedelta(days=6), "6 hari lalu"),
    ],
)
def test_the_recent_past_is_told_by_its_distance(passed: timedelta, told: str) -> None:
    assert moments.ago(timezone.now() - passed) == told


def test_what_is_a_week_old_is_told_by_its_date() -> None:
    week_old = timezone.now() - timedelta(days=7)

    assert moments.ago(week_old) == moments.date(week_old)


def test_a_stopwatch_shows_hours_minutes_and_seconds() -> None:
    assert moments.stopwatch(2_537) == "00.42.17"


def test_djangos_own_formats_agree() -> None:
    assert formats.date_format(timezone.localtime(EVENING), "DATETIME_FORMAT") == "24 Nov 2026, 19.05"
