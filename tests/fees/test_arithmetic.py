"""The breakdown of a sale ..."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fees.arithmetic import Goods, Rule, Sale, breakdown, rises, spread

NOW = datetime(2026, 11, 24, tzinfo=UTC)
FIRST = (
    Rule("platform", percent_bp=200),
    Rule("processing", fixed=500),
    Rule("payment", method="qris", percent_bp=70),
    Rule("payment", method="qris", business="micro"),
    Rule("payment", method="qris", business="micro", above=500_000, percent_bp=30),
    Rule("payment", method="va_bca", fixed=4_000),
)


def sale(*prices: int, **fields) -> Sale:
    goods = fields.pop("goods", tuple(Goods(1, price) for price in prices))
    return Sale(**{"shop_id": 7, "goods": goods, "method": "qris", "at": NOW, **fields})


def test_takes_each_fee_of_its_own_base():
    money = breakdown(FIRST, sale(50_000, shipping=10_000, commission=5_000))

    assert (money.platform, money.processing, money.payment) == (1_000, 500, 420)
    assert money.net == 50_000 + 10_000 - 1_000 - 500 - 420 - 5_000


def test_rounds_down_once_for_an_order_and_a_rule():
    assert breakdown([Rule("platform", percent_bp=150)], sale(33, 33, 33)).platform == 1  # 99 x 1.5 % = 1.485


def test_takes_what_a_voucher_leaves_and_a_return_leaves():
    goods = (Goods(1, 50_000, discount=10_000, refunded=20_000),)

    money = breakdown(FIRST, sale(goods=goods))

    assert money.platform == 400
    assert money.net == 50_000 - 10_000 - 20_000 - 400 - 500 - 140


def test_prefers_the_shop_to_the_category_and_the_category_to_the_market():
    rules = [
        Rule("platform", percent_bp=500),
        Rule("platform", scope="category", scope_id=1, percent_bp=300),
        Rule("platform", scope="shop", scope_id=8, percent_bp=100),
    ]

    assert breakdown(rules, sale(10_000)).platform == 300
    assert breakdown(rules, sale(10_000, shop_id=8)).platform == 100
    assert breakdown(rules, sale(goods=(Goods(2, 10_000), Goods(1, 10_000)))).platform == 800


def test_prefers_the_oldest_of_two_that_are_equally_specific():
    rules = [
        Rule("platform", percent_bp=500, valid_from=NOW - timedelta(days=1)),
        Rule("platform", percent_bp=300, valid_from=NOW - timedelta(days=2)),
    ]

    assert breakdown(rules, sale(10_000)).platform == 300


def test_leaves_out_a_rule_before_its_first_and_after_its_last_moment():
    rules = [Rule("platform", percent_bp=100, valid_from=NOW, valid_to=NOW + timedelta(days=1))]

    found = [breakdown(rules, sale(10_000, at=NOW + timedelta(days=days))).platform for days in (-1, 0, 1)]

    assert found == [0, 100, 0]


def test_knows_the_thresholds_of_qris_for_micro_businesses():
    small, large = (breakdown(FIRST, sale(price, is_micro=True)).payment for price in (500_000, 500_001))

    assert (small, large) == (0, 1_500)
    assert breakdown(FIRST, sale(500_000)).payment == 3_500


def test_keeps_to_the_least_and_the_most():
    rules = [Rule("platform", percent_bp=100, least=1_000, most=2_000)]

    assert [breakdown(rules, sale(price)).platform for price in (10_000, 150_000, 900_000)] == [
        1_000,
        1_500,
        2_000,
    ]


def test_withholds_tax_only_where_a_rule_says_so_and_no_statement_exempts():
    rules = [*FIRST, Rule("tax", percent_bp=50)]

    assert breakdown(FIRST, sale(50_000)).tax == 0
    assert breakdown(rules, sale(50_000, shipping=9_000)).tax == 250
    assert breakdown(rules, sale(50_000, is_exempt=True)).tax == 0


def test_takes_nothing_from_a_gift():
    assert breakdown(FIRST, sale(0)).net == 0


def test_never_takes_more_than_the_sale_brought():
    assert breakdown(FIRST, sale(1_000, method="va_bca", commission=300)).net == 0


sums = st.integers(0, 10**9)
rules = st.builds(
    Rule,
    st.sampled_from(["platform", "processing", "payment", "tax"]),
    percent_bp=st.integers(0, 9_000),
    fixed=st.integers(0, 50_000),
    least=st.integers(0, 5_000),
    most=st.none() | st.integers(5_000, 10**7),
    above=st.sampled_from([0, 0, 500_000]),
    method=st.sampled_from(["", "qris"]),
    business=st.sampled_from(["", "micro"]),
)
lines = st.builds(
    lambda price, off, back: Goods(1, price, price * off // 100, (price - price * off // 100) * back // 100),
    sums,
    st.integers(0, 100),
    st.integers(0, 100),
)


@given(
    st.lists(rules, max_size=8),
    st.lists(lines, min_size=1, max_size=5),
    sums,
    st.integers(0, 80),
    st.booleans(),
)
def test_adds_up_to_the_net_exactly_and_takes_no_more_than_there_is(rules, goods, shipping, rate, is_micro):
    asked = sale(goods=tuple(goods), shipping=shipping, is_micro=is_micro)
    commission = asked.goods_kept * rate // 100
    asked = sale(goods=tuple(goods), shipping=shipping, is_micro=is_micro, commission=commission)

    money = breakdown(rules, asked)

    parts = (money.platform, money.processing, money.payment, money.tax)
    assert all(part >= 0 for part in parts)
    assert (
        money.price - money.discount - money.refunded + money.shipping - commission - sum(parts) == money.net
    )
    assert money.net >= 0


@given(st.lists(rules, max_size=5), st.lists(rules, max_size=5), st.integers(1, 10**8), st.booleans())
def test_names_every_sale_that_would_cost_more(before, after, price, is_micro):
    """Against trying it out: where no rise is reported, no sale pays more."""
    found = {rise.kind for rise in rises(before, after, since=NOW)}
    one = sale(price, is_micro=is_micro)
    old, new = breakdown(before, one), breakdown(after, one)

    for kind in ("platform", "processing", "payment", "tax"):
        uncapped = [_uncapped(rules, kind, one) for rules in (before, after)]
        if kind not in found:
            assert uncapped[1] <= uncapped[0]
    if not found:
        assert new.net >= old.net


def _uncapped(rules, kind, one) -> int:
    alone = breakdown([rule for rule in rules if rule.kind == kind], one)
    return getattr(alone, kind)


def test_reports_no_rise_for_a_cheaper_rule_beside_a_dearer_one():
    cheaper = [*FIRST, Rule("platform", scope="shop", scope_id=9, percent_bp=100)]

    assert rises(FIRST, cheaper, since=NOW) == []
    assert [rise.kind for rise in rises(cheaper, FIRST, since=NOW)] == ["platform"]


@given(st.integers(0, 10**9), st.lists(sums, max_size=6))
def test_spreads_an_amount_over_sums_and_overfills_none(amount, over):
    shares = spread(amount, over)

    assert all(0 <= share <= most for share, most in zip(shares, over, strict=True))
    assert sum(shares) == min(amount, sum(over))
