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

-- Every update of the counters stays on its page and is soon swept.
ALTER TABLE catalog_stock SET (
    fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000
);
