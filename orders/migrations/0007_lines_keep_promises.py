"""What was promised about a product in a show is copied onto the line that is ordered from it."""

from importlib import import_module

from django.db import migrations, models

BEFORE = import_module("orders.migrations.0006_winners_pay_in_their_time").AFTER
COLUMNS = "returned_quantity, credited_to, attribution)"
VALUES = "p_attribution -> basket.variant_id::text\n        FROM recorded"
assert BEFORE.count(COLUMNS) == 1
assert BEFORE.count(VALUES) == 1
AFTER = BEFORE.replace(COLUMNS, "returned_quantity, credited_to, attribution, claims)").replace(
    VALUES,
    """p_attribution -> basket.variant_id::text,
            coalesce((
                SELECT jsonb_agg(
                    jsonb_build_object('id', claim.id, 'text', claim.text, 'ms', claim.media_ms) ORDER BY claim.id
                )
                FROM livestream_claim claim
                WHERE claim.session_id = p_session AND claim.product_id = product.id
                    AND claim.withdrawn_at IS NULL
            ), '[]')
        FROM recorded""",
)


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0006_winners_pay_in_their_time'),
        ('livestream', '0014_claims'),
    ]

    operations = [
        migrations.AddField(
            model_name='orderline',
            name='claims',
            field=models.JSONField(blank=True, db_default=[], default=list),
        ),
        migrations.RunSQL(AFTER, BEFORE),
    ]
