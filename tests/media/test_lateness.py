import pytest

from livestream.media.lateness import Lateness


def test_a_picture_that_comes_in_time_is_as_old_as_an_unhindered_one():
    lateness = Lateness()
    for number in range(100):
        lateness.observe(now=1000 + number / 10, end_s=number / 10)

    assert lateness.age_s(1000 + 9.9) == pytest.approx(0.1)


def test_a_queue_at_the_seller_makes_pictures_older():
    lateness = Lateness()
    lateness.observe(now=1000, end_s=0)

    lateness.observe(now=1005, end_s=2)

    assert lateness.age_s(1005) == pytest.approx(3.1)


def test_while_nothing_comes_the_newest_grows_older():
    lateness = Lateness()
    lateness.observe(now=1000, end_s=0)

    assert lateness.age_s(1009) == pytest.approx(9.1)


def test_another_connection_is_measured_by_itself():
    lateness = Lateness()
    lateness.observe(now=1000, end_s=0)

    lateness.begin()
    lateness.observe(now=1060, end_s=0.1)

    assert lateness.age_s(1060) == pytest.approx(0.1)


def test_a_show_without_pictures_has_no_queue():
    assert Lateness().age_s(1000) == pytest.approx(0.1)
