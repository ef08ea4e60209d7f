"""Moments in the reader's zone, with WIB, WITA or WIT said aloud."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.money import is_english

ZONES: dict[float, str] = {7: "WIB", 8: "WITA", 9: "WIT"}
DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "id": (
        *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
        *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


def date(moment: datetime) -> str:
    """`24 Nov 2026`"""
    here = _here(moment)
    return f"{here.day} {_month(here)[:3]} {here.year}"


def long_date(moment: datetime) -> str:
    """`Selasa, 24 November 2026`"""
    here = _here(moment)
    return f"{_day(here)}, {here.day} {_month(here)} {here.year}"


def time(moment: datetime, *, seller_zone: str = "") -> str:
    """`19.05 WIB`, and `20.00 WITA (19.00 WIB)` when the seller lives by another clock."""
    here = _clock(_here(moment))
    there = _clock(moment.astimezone(ZoneInfo(seller_zone))) if seller_zone else here
    return here if there == here else f"{here} ({there})"


def date_time(moment: datetime, *, seller_zone: str = "") -> str:
    """`24 Nov 2026, 19.05 WIB`"""
    return f"{date(moment)}, {time(moment, seller_zone=seller_zone)}"


def schedule(moment: datetime, *, seller_zone: str = "") -> str:
    """`Selasa, 24 Nov 2026, 19.05 WIB`"""
    return f"{_day(_here(moment))}, {date_time(moment, seller_zone=seller_zone)}"


def ago(moment: datetime) -> str:
    """`5 menit lalu`; a date once a week has gone by."""
    passed = timezone.now() - moment
    minutes = int(passed / timedelta(minutes=1))
    if minutes < 1:
        return _("baru saja")
    if minutes < 60:
        return ngettext("%(count)d menit lalu", "%(count)d menit lalu", minutes) % {"count": minutes}
    if (hours := minutes // 60) < 24:
        return ngettext("%(count)d jam lalu", "%(count)d jam lalu", hours) % {"count": hours}
    if (days := hours // 24) < 7:
        return ngettext("%(count)d hari lalu", "%(count)d hari lalu", days) % {"count": days}
    return date(moment)


def stopwatch(seconds: int) -> str:
    """`00.42.17`, or `00:42:17` in English."""
    hours, rest = divmod(max(0, seconds), 3600)
    return (":" if is_english() else ".").join(f"{part:02d}" for part in (hours, *divmod(rest, 60)))


def zone_name(moment: datetime) -> str:
    """`WIB` and its sisters; elsewhere the distance from Greenwich."""
    offset = moment.utcoffset() or timedelta()
    hours = offset / timedelta(hours=1)
    return ZONES.get(hours, f"UTC{hours:+g}")


def _here(moment: datetime) -> datetime:
    zone: tzinfo = timezone.get_current_timezone()
    return moment.astimezone(zone)


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M} {zone_name(moment)}" if is_english() else f"{moment:%H.%M} {zone_name(moment)}"


def _day(moment: datetime) -> str:
    return DAYS[_language()][moment.weekday()]


def _month(moment: datetime) -> str:
    return MONTHS[_language()][moment.month - 1]


def _language() -> str:
    return "en" if is_english() else "id"
