"""The one price rule, for pages and for orders, and the promises that the database keeps."""

from pathlib import Path

from django.db import migrations

TEXT = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
FORGET = """
ALTER TABLE deals_draw DROP CONSTRAINT deals_a_draw_is_bound_to_its_seed;
DROP TRIGGER deals_a_drawn_place_stays ON deals_drawentry;
DROP TRIGGER deals_a_seal_is_never_broken ON deals_draw;
DROP TRIGGER deals_bids_are_only_added ON deals_auctionbid;
DROP FUNCTION deals_refuse_change;

DROP FUNCTION deals_pay_by;
DROP TRIGGER deals_a_lapsed_right_is_gone ON deals_award;
DROP FUNCTION deals_leave_lapsed;

ALTER TABLE deals_voucher RESET (fillfactor, autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold);
ALTER TABLE deals_flashdeal RESET (fillfactor, autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold);
DROP FUNCTION deals_take;
DROP FUNCTION deals_best_voucher;
DROP FUNCTION deals_prices;
DROP FUNCTION livestream_clock_ms;
"""


class Migration(migrations.Migration):
    replaces = [
        ("deals", "0007_follow_tasks"),
    ]
    dependencies = [
        ("deals", "0001_tables"),
        ("catalog", "0001_tables"),
        ("livestream", "0001_tables"),
    ]

    operations = [migrations.RunSQL(TEXT, FORGET)]
