import pytest
from django.core.cache import cache

from livestream import queries
from livestream.media.signs import meter_key
from tests.factories import make_session

pytestmark = pytest.mark.django_db


def test_is_the_way_to_a_screen_when_pictures_come_in_time():
    assert queries.glass_delay_ms(make_session()) == 500


def test_counts_what_waits_at_the_seller():
    session = make_session()
    cache.set(meter_key(session.code), {"kbps": 90, "lag_ms": 8200}, 4)

    assert queries.glass_delay_ms(session) == 8700
