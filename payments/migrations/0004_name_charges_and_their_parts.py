"""A charge stands under a reference of its own, and its parts say for which orders."""

from django.db import migrations

FORWARD = """
UPDATE payments_charge AS charge
SET reference = placed.number || CASE charge.method WHEN 'cod' THEN '-C' ELSE '' END
FROM orders_order AS placed WHERE placed.id = charge.order_id;

INSERT INTO payments_chargepart (charge_id, order_id, purpose, amount, returned)
SELECT id, order_id, CASE method WHEN 'cod' THEN 'door' ELSE 'price' END, amount,
    CASE state WHEN 'refunded' THEN amount ELSE 0 END
FROM payments_charge;

INSERT INTO payments_refund (order_id, part_id, key, reason, amount, shipping_amount, state, wanted_at, refusal)
SELECT part.order_id, part.id, 'before:' || part.id, 'refund', part.amount, 0, 'wanted', charge.refund_wanted_at, ''
FROM payments_chargepart AS part JOIN payments_charge AS charge ON charge.id = part.charge_id
WHERE charge.state = 'paid' AND charge.refund_wanted_at IS NOT NULL;

UPDATE payments_chargepart AS part SET returned = refund.amount
FROM payments_refund AS refund WHERE refund.part_id = part.id;

INSERT INTO payments_doorstory (order_id, buyer_id, was_accepted, told_at)
SELECT placed.id, placed.buyer_id, true, placed.received_at
FROM orders_order AS placed WHERE placed.method = 'cod' AND placed.received_at IS NOT NULL;
"""
BACKWARD = """
DELETE FROM payments_doorstory;
DELETE FROM payments_refund;
UPDATE payments_charge AS charge SET order_id = part.order_id
FROM payments_chargepart AS part WHERE part.charge_id = charge.id;
DELETE FROM payments_chargepart;
"""


class Migration(migrations.Migration):

    dependencies = [('payments', '0003_tills_refunds_and_tickets')]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
