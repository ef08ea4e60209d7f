-- Whether the shop is paid by this method now, and how much the buyer has not paid for yet. That a shop
-- takes COD is the order function's to say.
CREATE FUNCTION payments_standing(p_method text, p_shop bigint, p_buyer bigint)
RETURNS TABLE (is_open boolean, unpaid bigint, at_the_door bigint)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY
    SELECT NOT EXISTS (SELECT FROM payments_methodpause paused WHERE paused.method = p_method)
            AND CASE WHEN till.shop_id IS NULL THEN p_method NOT IN ('shop_qris', 'transfer')
                ELSE p_method <> ALL (till.refused_methods)
                    AND (p_method <> 'shop_qris' OR till.qris_confirmed_at IS NOT NULL)
                    AND (p_method <> 'transfer' OR till.account_number <> '') END,
        counted.unpaid, counted.at_the_door
    FROM (
        SELECT count(*) FILTER (WHERE placed.state = 'pending') AS unpaid,
            count(*) FILTER (
                WHERE placed.method = 'cod' AND placed.state IN ('confirmed', 'packed', 'shipped')
            ) AS at_the_door
        FROM orders_order placed
        WHERE placed.buyer_id = p_buyer AND placed.placed_at > now() - interval '30 days'
    ) counted LEFT JOIN payments_shoptill till ON till.shop_id = p_shop;
END $$;

-- As it is called in markets that opened before the column was unique.
ALTER TABLE payments_charge
    RENAME CONSTRAINT payments_charge_reference_key TO payments_charge_reference_abb26b39_uniq;
