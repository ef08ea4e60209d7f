"""What people want to hear, and by which way."""

from __future__ import annotations

import re
from collections.abc import Collection

from django.conf import settings
from django.db import transaction

from accounts.models import User
from inbox.models import MARKETING, Channel, Kind, Preference, PushSubscription, Silence
from inbox.queries import is_fixed
from inbox.tokens import Off

MOST_BROWSERS = 10
# Where programs do not agree on which part of an address is its host (a name before `@`, a backslash), it is
# refused: else the one that looks and the one that calls could mean two different machines.
PLAIN_ADDRESS = re.compile(r"https://(?P<host>[a-z0-9.-]+)(:443)?(/[!-\[\]-~]*)?")


class NotAPushService(Exception):
    """The address is not one of a browser maker's push service: we call nobody else."""


class TooManyBrowsers(Exception):
    """One person reads on so many devices."""


def set_choices(user: User, *, switched_on: Collection[tuple[str, str]]) -> None:
    """The page of preferences as it was sent: what is not switched on is off."""
    words = [
        Preference(user=user, kind=kind, channel=channel, is_on=(kind, channel) in switched_on)
        for kind in Kind.values
        for channel in Channel.values
        if not is_fixed(kind, channel)
    ]
    _write(words)


@transaction.atomic
def switch_off(off: Off) -> None:
    """From a signed link: of a marketing kind nothing more from that shop, of others no mails and pushes."""
    if not User.objects.filter(pk=off.user_id).exists():
        return
    if off.kind in MARKETING and off.shop_id is not None:
        Silence.objects.get_or_create(user_id=off.user_id, kind=off.kind, shop_id=off.shop_id)
        return
    ways = (Channel.MAIL, Channel.PUSH)
    _write([Preference(user_id=off.user_id, kind=off.kind, channel=way, is_on=False) for way in ways])


def hear_again(user: User, *, kind: Kind, shop_id: int) -> None:
    """Somebody asks for news of a shop they had silenced."""
    Silence.objects.filter(user=user, kind=kind, shop_id=shop_id).delete()


@transaction.atomic
def subscribe(user: User, *, endpoint: str, p256dh: str, auth: str) -> PushSubscription:
    """This browser is told from now on; of whoever used it before no longer."""
    _refuse_strangers(endpoint)
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # stands for the list of browsers
    others = PushSubscription.objects.filter(user=user).exclude(endpoint=endpoint)
    if others.count() >= MOST_BROWSERS:
        raise TooManyBrowsers
    keys = {"user": user, "p256dh": p256dh, "auth": auth}
    subscription, _ = PushSubscription.objects.update_or_create(endpoint=endpoint, defaults=keys)
    return subscription


def unsubscribe(user: User, *, endpoint: str) -> None:
    PushSubscription.objects.filter(user=user, endpoint=endpoint).delete()


def _write(words: list[Preference]) -> None:
    Preference.objects.bulk_create(
        words,
        update_conflicts=True,
        unique_fields=["user", "kind", "channel"],
        update_fields=["is_on"],
    )


def _refuse_strangers(endpoint: str) -> None:
    """The address comes from a browser, so it could be any: also one inside our own network."""
    plain = PLAIN_ADDRESS.fullmatch(endpoint)
    host = plain["host"] if plain else ""
    if not any(host == known or host.endswith(f".{known}") for known in settings.PUSH_HOSTS):
        raise NotAPushService
