"""Deposits, refunds by line and what the gateway took back are moves of an order's money, too."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("payouts.migrations.0002_orders_in_the_books").VIEW
END = ") AS moved\n"
assert BEFORE.count(END) == 1
AFTER = BEFORE.replace(
    END,
    """    UNION ALL
    -- DEPOSIT_PAID and DEPOSIT_KEPT: a part of a charge
    SELECT part.order_id, txn.id, txn.kind, txn.posted_at
    FROM payments_chargepart AS part
    JOIN ledger_transaction AS txn ON txn.kind IN (7, 9) AND txn.source_id = part.id
    UNION ALL
    -- REFUND_SENT
    SELECT refund.order_id, txn.id, txn.kind, txn.posted_at
    FROM payments_refund AS refund
    JOIN ledger_transaction AS txn ON txn.kind = 8 AND txn.source_id = refund.id
    UNION ALL
    -- UNEXPLAINED_SETTLED: what the gateway took back was this order's money
    SELECT ticket.order_id, txn.id, txn.kind, txn.posted_at
    FROM payments_ticket AS ticket
    JOIN ledger_transaction AS txn ON txn.kind = 11 AND txn.source_id = ticket.id
    WHERE ticket.order_id IS NOT NULL
"""
    + END,
).replace("CREATE VIEW", "CREATE OR REPLACE VIEW")
FORGET = BEFORE.replace("CREATE VIEW", "CREATE OR REPLACE VIEW")


class Migration(migrations.Migration):
    dependencies = [
        ("payouts", "0002_orders_in_the_books"),
        ("payments", "0005_charges_are_named"),
    ]
    operations = [migrations.RunSQL(AFTER, FORGET)]
