-- Every leg in the books that belongs to one order, whatever its transaction was numbered by.
CREATE VIEW payouts_order_move AS
SELECT moved.*, debit.kind AS debit_kind, credit.kind AS credit_kind, leg.amount
FROM (
    -- ORDER_PAID, COMMISSION_RESERVED and ORDER_REFUNDED carry the order itself
    SELECT source_id AS order_id, id AS transaction_id, kind, posted_at
    FROM ledger_transaction WHERE kind IN (1, 2, 5)
    UNION ALL
    -- COMMISSION_RELEASED: the event that lowered a commission
    SELECT line.order_id, txn.id, txn.kind, txn.posted_at
    FROM orders_orderline AS line
    JOIN affiliates_commission AS earned ON earned.line_id = line.id
    JOIN affiliates_commissionadjustment AS event ON event.commission_id = earned.id
    JOIN ledger_transaction AS txn ON txn.kind = 3 AND txn.source_id = event.id
    UNION ALL
    -- SELLER_SETTLED: a step of the settlement
    SELECT settled.order_id, txn.id, txn.kind, txn.posted_at
    FROM payouts_settlement AS settled
    JOIN payouts_settlementposting AS step ON step.settlement_id = settled.id
    JOIN ledger_transaction AS txn ON txn.kind = 6 AND txn.source_id = step.id
    UNION ALL
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
) AS moved
JOIN ledger_transfer AS leg ON leg.transaction_id = moved.transaction_id
JOIN ledger_account AS debit ON debit.id = leg.debit_id
JOIN ledger_account AS credit ON credit.id = leg.credit_id;

CREATE FUNCTION payouts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was posted or sent to the bank is final';
END $$;
CREATE TRIGGER payouts_posting_is_final BEFORE UPDATE OR DELETE ON payouts_settlementposting
    FOR EACH ROW EXECUTE FUNCTION payouts_refuse_change();

-- One row, one file: a batch takes no row once its file is written, and neither changes afterwards.
CREATE TRIGGER payouts_file_is_final BEFORE UPDATE ON payouts_payoutbatch
    FOR EACH ROW WHEN (OLD.file <> '') EXECUTE FUNCTION payouts_refuse_change();
CREATE TRIGGER payouts_batch_is_kept BEFORE DELETE ON payouts_payoutbatch
    FOR EACH ROW EXECUTE FUNCTION payouts_refuse_change();
CREATE TRIGGER payouts_sum_is_final BEFORE UPDATE ON payouts_payout
    FOR EACH ROW WHEN (
        (OLD.batch_id, OLD.payee, OLD.owner_id, OLD.user_id, OLD.account_id, OLD.amount)
        IS DISTINCT FROM (NEW.batch_id, NEW.payee, NEW.owner_id, NEW.user_id, NEW.account_id, NEW.amount)
    ) EXECUTE FUNCTION payouts_refuse_change();
CREATE TRIGGER payouts_payout_is_kept BEFORE DELETE ON payouts_payout
    FOR EACH ROW EXECUTE FUNCTION payouts_refuse_change();
CREATE FUNCTION payouts_refuse_late_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT file <> '' FROM payouts_payoutbatch WHERE id = NEW.batch_id) THEN
        RAISE EXCEPTION 'what was posted or sent to the bank is final';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payouts_row_is_in_time BEFORE INSERT ON payouts_payout
    FOR EACH ROW EXECUTE FUNCTION payouts_refuse_late_row();
