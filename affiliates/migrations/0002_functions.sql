CREATE FUNCTION affiliates_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'postings and adjustments are only ever added: correct with a new row';
END $$;
CREATE TRIGGER affiliates_posting_is_final BEFORE UPDATE OR DELETE ON affiliates_commissionposting
    FOR EACH ROW EXECUTE FUNCTION affiliates_refuse_change();
CREATE TRIGGER affiliates_adjustment_is_final BEFORE UPDATE OR DELETE ON affiliates_commissionadjustment
    FOR EACH ROW EXECUTE FUNCTION affiliates_refuse_change();

-- What a commission has earned, from the base that is left: never a rounded number pro-rated.
CREATE FUNCTION affiliates_due(
    base bigint, quantity bigint, rate_bp bigint, units bigint, refunded bigint, is_void boolean
) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN coalesce(is_void, false) THEN 0 ELSE
        greatest(
            base - base * least(coalesce(units, 0), quantity) / quantity - coalesce(refunded, 0), 0
        ) * rate_bp / 10000
    END
$$;

CREATE FUNCTION affiliates_lowered(
    of_commission bigint, OUT units bigint, OUT refunded bigint, OUT is_void boolean
) LANGUAGE sql STABLE AS $$
    -- sum(bigint) is numeric, and its division is no longer the whole one.
    SELECT sum(units)::bigint, sum(base_refunded)::bigint, bool_or(kind = 'void')
    FROM affiliates_commissionadjustment WHERE commission_id = of_commission
$$;

-- One settlement run. Returns the batch; nothing when all was settled; -1 when another run is under way.
-- What was posted is looked up row by row through its key, not joined: right after a large batch the
-- planner's statistics still describe an empty table, and a join planned by them takes minutes.
CREATE FUNCTION affiliates_settle(cut timestamptz, at_most integer) RETURNS bigint
LANGUAGE plpgsql
SET plan_cache_mode = force_custom_plan  -- plans kept for a small temporary table ruin a large one
SET enable_nestloop = off
SET default_statistics_target = 10  -- the ANALYZE below need not look closely
SET work_mem = '64MB' AS $$
DECLARE
    since timestamptz;
    covered timestamptz := cut;
    firsts integer;
    batch bigint;
    posting bigint;
    clearing bigint;
BEGIN
    IF NOT pg_try_advisory_xact_lock(7002) THEN RETURN -1; END IF;
    CREATE TEMP TABLE IF NOT EXISTS settle_step (
        commission_id bigint, shop_id bigint, affiliate_id bigint, seq integer,
        cumulative bigint, delta bigint, matures_at timestamptz
    ) ON COMMIT DELETE ROWS;
    CREATE TEMP TABLE IF NOT EXISTS settle_move (account_id bigint, amount bigint) ON COMMIT DELETE ROWS;
    DELETE FROM settle_step;
    DELETE FROM settle_move;

    -- Corrections first. A wake-up leaves only once its commission was posted: until then the first
    -- settlement may still be reading books that do not show the refund behind it.
    WITH woken AS (
        DELETE FROM affiliates_commissionwake WHERE id IN (
            SELECT wake.id FROM affiliates_commissionwake AS wake
            WHERE (
                SELECT posted.seq FROM affiliates_commissionposting AS posted
                WHERE posted.commission_id = wake.commission_id LIMIT 1
            ) IS NOT NULL
            ORDER BY wake.id LIMIT at_most
        ) RETURNING commission_id
    )
    INSERT INTO settle_step
    SELECT earned.id, earned.shop_id, earned.affiliate_id, last.seq + 1, due.amount,
           due.amount - last.cumulative
    FROM (SELECT DISTINCT commission_id FROM woken) AS touched
    CROSS JOIN LATERAL (
        SELECT * FROM affiliates_commission AS found WHERE found.id = touched.commission_id LIMIT 1
    ) AS earned
    CROSS JOIN LATERAL (
        SELECT posted.seq, posted.cumulative FROM affiliates_commissionposting AS posted
        WHERE posted.commission_id = earned.id ORDER BY posted.seq DESC LIMIT 1
    ) AS last
    CROSS JOIN LATERAL affiliates_lowered(earned.id) AS lowered
    CROSS JOIN LATERAL (
        SELECT affiliates_due(earned.base, earned.quantity, earned.rate_bp,
                              lowered.units, lowered.refunded, lowered.is_void) AS amount
    ) AS due
    WHERE due.amount <> last.cumulative;

    -- First settlements. Nothing matures in the past, so the range may begin shortly before where the
    -- last run ended; the hour covers transactions that were still open then. Whatever lowered a
    -- commission that was never posted still has its wake-up.
    SELECT last.cut - interval '1 hour' INTO since
    FROM affiliates_settlementbatch AS last ORDER BY last.id DESC LIMIT 1;
    WITH ripe AS MATERIALIZED (
        SELECT earned.id, earned.shop_id, earned.affiliate_id, earned.matures_at,
               earned.base, earned.quantity, earned.rate_bp
        FROM affiliates_commission AS earned
        WHERE earned.matures_at > coalesce(since, '-infinity') AND earned.matures_at <= cut
          AND (
            SELECT posted.seq FROM affiliates_commissionposting AS posted
            WHERE posted.commission_id = earned.id LIMIT 1
          ) IS NULL
        ORDER BY earned.matures_at LIMIT at_most
    ), lowered AS (
        SELECT commission_id, sum(units)::bigint AS units, sum(base_refunded)::bigint AS refunded,
               bool_or(kind = 'void') AS is_void
        FROM affiliates_commissionadjustment
        WHERE commission_id IN (SELECT commission_id FROM affiliates_commissionwake)
        GROUP BY commission_id
    )
    INSERT INTO settle_step
    SELECT ripe.id, ripe.shop_id, ripe.affiliate_id, 1, due.amount, due.amount, ripe.matures_at
    FROM ripe
    LEFT JOIN lowered ON lowered.commission_id = ripe.id
    CROSS JOIN LATERAL (
        SELECT affiliates_due(ripe.base, ripe.quantity, ripe.rate_bp,
                              lowered.units, lowered.refunded, lowered.is_void) AS amount
    ) AS due;
    GET DIAGNOSTICS firsts = ROW_COUNT;
    IF NOT EXISTS (SELECT FROM settle_step) THEN RETURN NULL; END IF;
    ANALYZE settle_step;

    IF firsts = at_most THEN SELECT max(matures_at) INTO covered FROM settle_step; END IF;
    INSERT INTO affiliates_settlementbatch (cut, posted_at, count, net)
    SELECT least(covered, now()), now(), count(*), coalesce(sum(delta), 0) FROM settle_step
    RETURNING id INTO batch;
    INSERT INTO affiliates_commissionposting (commission_id, seq, batch_id, cumulative)
    SELECT commission_id, seq, batch, cumulative FROM settle_step;
    IF NOT EXISTS (SELECT FROM settle_step WHERE delta <> 0) THEN RETURN batch; END IF;

    -- The books: one transfer for each shop and each affiliate, through clearing.
    PERFORM pg_advisory_xact_lock(7001);
    INSERT INTO ledger_account (kind, owner_id)
    SELECT wanted.kind, wanted.owner_id
    FROM (
        SELECT DISTINCT 3 AS kind, shop_id AS owner_id FROM settle_step
        UNION ALL SELECT DISTINCT 5, affiliate_id FROM settle_step
        UNION ALL SELECT 9, 0
    ) AS wanted
    WHERE (
        SELECT open.id FROM ledger_account AS open
        WHERE open.kind = wanted.kind AND open.owner_id = wanted.owner_id LIMIT 1
    ) IS NULL;
    SELECT id INTO clearing FROM ledger_account WHERE kind = 9 AND owner_id = 0;
    INSERT INTO settle_move
    SELECT (SELECT id FROM ledger_account WHERE kind = 3 AND owner_id = moved.shop_id), -moved.amount
    FROM (SELECT shop_id, sum(delta)::bigint AS amount FROM settle_step GROUP BY shop_id) AS moved
    WHERE moved.amount <> 0
    UNION ALL
    SELECT (SELECT id FROM ledger_account WHERE kind = 5 AND owner_id = moved.affiliate_id), moved.amount
    FROM (SELECT affiliate_id, sum(delta)::bigint AS amount FROM settle_step GROUP BY affiliate_id) AS moved
    WHERE moved.amount <> 0;
    INSERT INTO ledger_transaction (kind, source_id, posted_at) VALUES (4, batch, now())
    RETURNING id INTO posting;
    INSERT INTO ledger_transfer (transaction_id, leg, debit_id, credit_id, amount)
    SELECT posting, row_number() OVER (ORDER BY account_id),
           CASE WHEN amount < 0 THEN account_id ELSE clearing END,
           CASE WHEN amount < 0 THEN clearing ELSE account_id END,
           abs(amount)
    FROM settle_move;
    INSERT INTO settle_move SELECT clearing, 0 FROM settle_move;
    INSERT INTO ledger_balance AS held (account_id, amount, entries)
    SELECT account_id, sum(amount), count(*) FROM settle_move GROUP BY account_id ORDER BY account_id
    ON CONFLICT (account_id) DO UPDATE
    SET amount = held.amount + EXCLUDED.amount, entries = held.entries + EXCLUDED.entries;
    RETURN batch;
END $$;
