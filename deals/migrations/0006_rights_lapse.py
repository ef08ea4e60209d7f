"""A right that lapsed cannot be used by an order that is on its way."""

from django.db import migrations, models
from django.db.models import Q

# Such an order finds nothing to update, as if somebody had been quicker.
LAPSE = r"""
CREATE FUNCTION deals_leave_lapsed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RETURN NULL;
END $$;
CREATE TRIGGER deals_a_lapsed_right_is_gone BEFORE UPDATE OF order_id ON deals_award
    FOR EACH ROW WHEN (OLD.lapsed_at IS NOT NULL AND NEW.order_id IS NOT NULL)
    EXECUTE FUNCTION deals_leave_lapsed();

-- Until when an order that uses awards may be paid: as long as the right stands, and two minutes at least.
CREATE FUNCTION deals_pay_by(p_rules text[], p_deals bigint[], p_at timestamptz)
RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT greatest(min(award.expires_at), p_at + interval '2 minutes')
    FROM unnest(p_rules, p_deals) AS used(rule, deal_id)
    JOIN deals_award award ON used.rule = 'award' AND award.id = used.deal_id
    HAVING count(*) > 0
$$;
"""
STAY = """
DROP FUNCTION deals_pay_by;
DROP TRIGGER deals_a_lapsed_right_is_gone ON deals_award;
DROP FUNCTION deals_leave_lapsed;
"""


class Migration(migrations.Migration):
    dependencies = [("deals", "0005_watch_times")]

    operations = [
        migrations.AddField("award", "lapsed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("award", "told_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddIndex(
            "award",
            models.Index(name="deals_awards_to_tell", fields=["id"], condition=Q(told_at__isnull=True)),
        ),
        migrations.AddConstraint(
            "award",
            models.CheckConstraint(
                name="deals_a_lapsed_award_is_not_used",
                condition=Q(lapsed_at__isnull=True) | Q(order_id__isnull=True),
            ),
        ),
        migrations.RunSQL(LAPSE, STAY),
    ]
