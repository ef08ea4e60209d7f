"""Keep the prices of the past. The database notes them itself, so that nobody can forget or mend it."""

import django.db.models.deletion
from django.db import migrations, models

NOTE = """
CREATE FUNCTION catalog_note_price() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE catalog_pricespell SET until_at = greatest(clock_timestamp(), from_at)
        WHERE variant_id = NEW.id AND until_at IS NULL;
    INSERT INTO catalog_pricespell (variant_id, price, from_at) VALUES (NEW.id, NEW.price, clock_timestamp());
    RETURN NULL;
END $$;
CREATE TRIGGER catalog_first_price_is_noted AFTER INSERT ON catalog_variant
    FOR EACH ROW EXECUTE FUNCTION catalog_note_price();
CREATE TRIGGER catalog_new_price_is_noted AFTER UPDATE OF price ON catalog_variant
    FOR EACH ROW WHEN (OLD.price <> NEW.price) EXECUTE FUNCTION catalog_note_price();

-- Of what is sold already, today's price is all that is known.
INSERT INTO catalog_pricespell (variant_id, price, from_at)
SELECT variant.id, variant.price, product.created_at
FROM catalog_variant variant JOIN catalog_product product ON product.id = variant.product_id;
"""
FORGET = """
DROP TRIGGER catalog_new_price_is_noted ON catalog_variant;
DROP TRIGGER catalog_first_price_is_noted ON catalog_variant;
DROP FUNCTION catalog_note_price;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0004_units_set_aside'),
    ]

    operations = [
        migrations.CreateModel(
            name='PriceSpell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('price', models.PositiveIntegerField()),
                ('from_at', models.DateTimeField()),
                ('until_at', models.DateTimeField(blank=True, null=True)),
                ('last_charged_on', models.DateField(blank=True, null=True)),
                ('variant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='price_spells', to='catalog.variant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_at__isnull', True)), fields=('variant',), name='catalog_a_variant_has_one_price_at_a_time'), models.CheckConstraint(condition=models.Q(('until_at__isnull', True), ('until_at__gte', models.F('from_at')), _connector='OR'), name='catalog_a_price_ends_after_it_begins')],
            },
        ),
        migrations.RunSQL(NOTE, FORGET),
    ]
