"""Place orders in less time: plans that are kept, plain statements, and no work left for the commit.

While a plan is made anew for each call, and while the commit looks up what foreign keys point to, other
buyers wait for the same row.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

BEFORE = import_module("orders.migrations.0007_lines_keep_promises").AFTER

PARTS = r"""
-- Each line's part of a discount is what the sum grows by, so that the parts add up to the rupiah.
CREATE FUNCTION orders_parts_of(p_discount bigint, p_subtotal bigint, p_prices bigint[], p_quantities int[])
RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN ARRAY(
        SELECT p_discount * upto / p_subtotal - p_discount * (upto - amount) / p_subtotal
        FROM (
            SELECT place, price * quantity AS amount,
                (sum(price * quantity) OVER (ORDER BY place))::bigint AS upto
            FROM unnest(p_prices, p_quantities) WITH ORDINALITY AS goods(price, quantity, place)
        ) sums ORDER BY place
    );
END $$;
"""

PLACE = r"""
-- Takes the units and records the order, or changes nothing at all. Prices, names and pictures come from
-- the catalogue and the price rule, never from the request; `p_total` is the most that the buyer agreed to
-- pay. What is one buyer's own is written first, deals before stock, each in the order of their ids: the
-- rows that everybody wants are locked for the shortest time, and two baskets never wait for each other.
-- Generic plans: with the values at hand the planner would think anew each time, longer than the work takes.
CREATE OR REPLACE FUNCTION orders_place(
    p_key uuid, p_hash text, p_number text, p_buyer bigint, p_shop bigint, p_method text, p_address jsonb,
    p_variants bigint[], p_quantities int[], p_total bigint, p_at timestamptz, p_pay_by timestamptz,
    p_session bigint, p_session_ms bigint, p_attribution jsonb
) RETURNS SETOF orders_order
LANGUAGE plpgsql SET lock_timeout = '1s' SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    placed orders_order;
    terms record;
    refusal text;
    line record;
    is_cod boolean := p_method = 'cod';
    is_settled boolean;
BEGIN
    -- Unlocked: makes refusals cheap and names their reason. The UPDATEs below are what decides.
    SELECT * INTO terms FROM orders_terms(p_buyer, p_shop, p_variants, p_quantities, p_at);
    refusal := CASE
        WHEN terms.found < cardinality(p_variants) OR terms.is_suspended THEN 'P0S02'
        WHEN terms.is_own THEN 'P0S04'
        WHEN is_cod AND NOT terms.takes_cod THEN 'P0S05'
        WHEN terms.short IS NOT NULL THEN 'P0S01'
        WHEN p_total < terms.total THEN 'P0S06'
    END;
    IF refusal IS NOT NULL THEN
        placed := orders_placed_before(p_key, p_hash);
        IF placed.id IS NULL THEN
            RAISE EXCEPTION 'refused' USING ERRCODE = refusal,
                DETAIL = coalesce(CASE refusal WHEN 'P0S01' THEN terms.short ELSE terms.total::text END, '');
        END IF;
        RETURN NEXT placed;
        RETURN;
    END IF;

    is_settled := is_cod OR terms.total = 0;
    INSERT INTO orders_order (number, buyer_id, shop_id, session_id, session_ms, idempotency_key,
        request_hash, state, method, subtotal, discount, voucher_claim_id, shipping_fee, total, address,
        courier, waybill, cancel_reason, placed_at, pay_by, paid_at)
    VALUES (p_number, p_buyer, p_shop, p_session, p_session_ms, p_key, p_hash,
        CASE WHEN is_settled THEN 'confirmed' ELSE 'pending' END, p_method, terms.subtotal,
        terms.discount, terms.claim_id, terms.shipping_fee, terms.total, p_address, '', '', '', p_at,
        CASE WHEN NOT is_settled THEN least(p_pay_by, CASE WHEN terms.rules && '{award}'
            THEN deals_pay_by(terms.rules, terms.deals, p_at) END) END,
        CASE WHEN terms.total = 0 THEN p_at END)
    ON CONFLICT (idempotency_key) DO NOTHING
    RETURNING * INTO placed;
    IF placed.id IS NULL THEN  -- a double tap, or a retry whose first answer was lost
        RETURN NEXT orders_placed_before(p_key, p_hash);
        RETURN;
    END IF;

    INSERT INTO orders_orderline (order_id, variant_id, product_name, variant_name, picture_key, list_price,
        price, rule, deal_id, discount, quantity, returned_quantity, credited_to, attribution, claims)
    SELECT placed.id, basket.variant_id, product.name, variant.name,
        coalesce((
            SELECT photo.key FROM catalog_productphoto photo WHERE photo.product_id = product.id
            ORDER BY photo.position, photo.id LIMIT 1
        ), ''),
        basket.list_price, basket.price, basket.rule, basket.deal_id, coalesce(basket.discount, 0),
        basket.quantity, 0, (p_attribution -> basket.variant_id::text ->> 'affiliate')::bigint,
        p_attribution -> basket.variant_id::text,
        CASE WHEN p_session IS NULL THEN '[]' ELSE coalesce((
            SELECT jsonb_agg(
                jsonb_build_object('id', claim.id, 'text', claim.text, 'ms', claim.media_ms) ORDER BY claim.id
            )
            FROM livestream_claim claim
            WHERE claim.session_id = p_session AND claim.product_id = product.id
                AND claim.withdrawn_at IS NULL
        ), '[]') END
    FROM unnest(terms.variants, terms.quantities, terms.list_prices, terms.prices, terms.rules, terms.deals,
        CASE WHEN terms.discount > 0
            THEN orders_parts_of(terms.discount, terms.subtotal, terms.prices, terms.quantities) END
    ) AS basket(variant_id, quantity, list_price, price, rule, deal_id, discount)
    JOIN catalog_variant variant ON variant.id = basket.variant_id
    JOIN catalog_product product ON product.id = variant.product_id;

    INSERT INTO orders_outboxentry (topic, order_id, created_at) VALUES ('placed', placed.id, p_at);
    IF is_settled THEN
        INSERT INTO orders_outboxentry (topic, order_id, created_at) VALUES ('confirmed', placed.id, p_at);
    END IF;

    IF terms.claim_id IS NOT NULL OR terms.rules && '{flash,award}' THEN
        IF NOT deals_take(placed.id, p_buyer, terms.quantities, terms.rules, terms.deals, terms.claim_id,
            terms.discount)
        THEN  -- somebody was quicker since the read: asked again, the rule says what holds now
            RAISE EXCEPTION 'refused' USING ERRCODE = 'P0S07', DETAIL = (
                SELECT sum(list_price * quantity) + terms.shipping_fee
                FROM unnest(terms.list_prices, terms.quantities) AS goods(list_price, quantity)
            )::text;
        END IF;
    END IF;
    FOR line IN
        SELECT variant_id, quantity, quantity * (rule = 'award')::int AS won,
            quantity * (rule <> 'award')::int AS bought
        FROM unnest(terms.variants, terms.quantities, terms.rules) AS basket(variant_id, quantity, rule)
    LOOP
        UPDATE catalog_stock
        SET available = available - line.bought,
            set_aside = set_aside - line.won,
            reserved = reserved + CASE WHEN is_settled THEN 0 ELSE line.quantity END,
            sold = sold + CASE WHEN is_settled THEN line.quantity ELSE 0 END
        WHERE variant_id = line.variant_id AND available >= line.bought AND set_aside >= line.won;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'refused' USING ERRCODE = 'P0S01', DETAIL = line.variant_id || ':' ||
                (SELECT available FROM catalog_stock WHERE variant_id = line.variant_id);
        END IF;
    END LOOP;
    RETURN NEXT placed;
END $$;
"""

# Keys to rows that nobody else wants are looked up at once, before the stock is locked, not at the commit.
OWN_KEYS = r"""
DO $$
DECLARE
    own record;
BEGIN
    FOR own IN
        SELECT conrelid::regclass AS name, conname FROM pg_constraint
        WHERE contype = 'f' AND conrelid IN (
            'orders_order'::regclass, 'orders_orderline'::regclass, 'orders_outboxentry'::regclass
        )
    LOOP
        EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I {when}', own.name, own.conname);
    END LOOP;
END $$;
"""
AT_ONCE = OWN_KEYS.replace("{when}", "NOT DEFERRABLE")
AT_COMMIT = OWN_KEYS.replace("{when}", "DEFERRABLE INITIALLY DEFERRED")
# An index for searches that nobody makes: a number is asked for whole.
FORGET_PATTERNS = r"""
DO $$
BEGIN
    EXECUTE (
        SELECT coalesce(string_agg(format('DROP INDEX %I', indexname), ';'), 'SELECT') FROM pg_indexes
        WHERE tablename = 'orders_order' AND indexdef LIKE '%(number varchar_pattern_ops)%'
    );
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0007_lines_keep_promises"),
        ("catalog", "0001_initial"),
        ("livestream", "0001_initial"),
    ]

    operations = [
        # Many orders at once would all lock these rows to point to them. `orders.proofs` looks after them.
        migrations.AlterField(
            "order",
            "shop",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="catalog.shop",
            ),
        ),
        migrations.AlterField(
            "order",
            "session",
            models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="livestream.livesession",
            ),
        ),
        migrations.AlterField(
            "orderline",
            "variant",
            models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalog.variant",
            ),
        ),
        migrations.AlterField(
            "order",
            "buyer",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="accounts.user",
            ),
        ),
        migrations.AlterField(
            "orderline",
            "order",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="orders.order",
            ),
        ),
        migrations.AlterField("orderline", "credited_to", models.BigIntegerField(blank=True, null=True)),
        migrations.RemoveConstraint("outboxentry", "orders_a_topic_is_told_once"),
        migrations.AlterField(
            "outboxentry",
            "order",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="orders.order",
            ),
        ),
        migrations.AddConstraint(
            "outboxentry",
            models.UniqueConstraint(fields=["order", "topic"], name="orders_a_topic_is_told_once"),
        ),
        migrations.AddIndex(
            "order",
            models.Index(condition=Q(session__isnull=False), fields=["session"], name="orders_of_session"),
        ),
        migrations.AddIndex(
            "orderline",
            models.Index(
                condition=Q(credited_to__isnull=False), fields=["credited_to"], name="orders_credited"
            ),
        ),
        migrations.RunSQL(FORGET_PATTERNS, migrations.RunSQL.noop),
        migrations.RunSQL(AT_ONCE, AT_COMMIT),
        migrations.RunSQL(PARTS, "DROP FUNCTION orders_parts_of"),
        migrations.RunSQL(PLACE, BEFORE),
    ]
