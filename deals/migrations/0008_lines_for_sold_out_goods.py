"""People wait in line for what is sold out; units that come back are held for whoever is next."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

CALL = r"""
-- Hold up to so many units of a variant for those who wait for it, in their order; how many are held now.
-- The caller has the stock's row locked, so nobody joins or leaves the line meanwhile.
CREATE FUNCTION deals_call_next(p_variant bigint, p_free int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    next record;
    free int := p_free;
BEGIN
    FOR next IN
        SELECT turn.id, least(turn.quantity, p_free)::int AS wanted, session.*
        FROM deals_turn turn
        LEFT JOIN LATERAL (
            SELECT show.went_live_at, show.interrupted_at, show.interrupted_ms FROM livestream_livesession show
            WHERE show.id = turn.session_id AND show.went_live_at IS NOT NULL AND show.ended_at IS NULL
        ) session ON true
        JOIN accounts_user person ON person.id = turn.user_id AND person.is_active
        WHERE turn.variant_id = p_variant AND turn.ended_at IS NULL AND turn.called_at IS NULL
        ORDER BY turn.id
    LOOP
        EXIT WHEN free <= 0;
        UPDATE deals_turn SET held = least(next.wanted, free), called_at = clock_timestamp(),
            called_ms = CASE WHEN next.went_live_at IS NOT NULL THEN livestream_clock_ms(
                next.went_live_at, next.interrupted_at, next.interrupted_ms, clock_timestamp()
            ) END
        WHERE id = next.id;
        free := free - least(next.wanted, free);
    END LOOP;
    RETURN p_free - greatest(free, 0);
END $$;

-- Whatever puts units back on the shelf gives them to the line first, in the same statement: no stranger can
-- come in between. Whoever takes their turn says so, because those units are on their way to an order.
CREATE FUNCTION deals_serve_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held int;
BEGIN
    IF current_setting('deals.turn_taken', true) = 'yes' THEN
        RETURN NEW;
    END IF;
    held := deals_call_next(NEW.variant_id, NEW.available);
    NEW.available := NEW.available - held;
    NEW.set_aside := NEW.set_aside + held;
    RETURN NEW;
END $$;
CREATE TRIGGER deals_those_who_wait_come_first BEFORE UPDATE OF available ON catalog_stock
    FOR EACH ROW WHEN (NEW.available > OLD.available) EXECUTE FUNCTION deals_serve_line();
"""
FORGET = """
DROP TRIGGER deals_those_who_wait_come_first ON catalog_stock;
DROP FUNCTION deals_serve_line;
DROP FUNCTION deals_call_next;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0003_functions'),
        ('deals', '0002_functions'),
        ('livestream', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveSmallIntegerField(default=1)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('called_at', models.DateTimeField(blank=True, null=True)),
                ('called_ms', models.PositiveBigIntegerField(blank=True, null=True)),
                ('held', models.PositiveSmallIntegerField(default=0)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ending', models.CharField(blank=True, choices=[('bought', 'Bought'), ('left', 'Left'), ('lapsed', 'Lapsed')], max_length=6)),
                ('order_id', models.BigIntegerField(blank=True, null=True)),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='livestream.livesession')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='turns', to=settings.AUTH_USER_MODEL)),
                ('variant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.variant')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['variant', 'id'], name='deals_lines'), models.Index(condition=models.Q(('called_at__isnull', False), ('ended_at__isnull', True)), fields=['id'], name='deals_turns_called')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('user', 'variant'), name='deals_one_place_in_a_line'), models.CheckConstraint(condition=models.Q(('quantity__range', (1, 99))), name='deals_a_place_is_for_something'), models.CheckConstraint(condition=models.Q(models.Q(('called_at__isnull', True), ('held', 0)), models.Q(('ended_at__isnull', False), ('held', 0)), models.Q(('called_at__isnull', False), ('ended_at__isnull', True), ('held__gt', 0), ('held__lte', models.F('quantity'))), _connector='OR'), name='deals_units_are_held_for_whose_turn_it_is'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ending', '')), models.Q(('ended_at__isnull', False), models.Q(('ending', ''), _negated=True)), _connector='OR'), name='deals_a_place_ends_in_some_way')],
            },
        ),
        migrations.RunSQL(CALL, FORGET),
    ]
