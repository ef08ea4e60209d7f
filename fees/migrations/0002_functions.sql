CREATE FUNCTION fees_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published version is final: publish the next one';
END $$;
CREATE TRIGGER fees_schedule_is_final BEFORE UPDATE OR DELETE ON fees_feeschedule
    FOR EACH ROW EXECUTE FUNCTION fees_refuse_change();
CREATE TRIGGER fees_rule_is_final BEFORE UPDATE OR DELETE ON fees_feerule
    FOR EACH ROW EXECUTE FUNCTION fees_refuse_change();

-- A version is written whole: no rule joins it later.
CREATE FUNCTION fees_refuse_late_rule() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.position >= (SELECT rule_count FROM fees_feeschedule WHERE id = NEW.schedule_id) THEN
        RAISE EXCEPTION 'a published version is final: publish the next one';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fees_rule_is_in_time BEFORE INSERT ON fees_feerule
    FOR EACH ROW EXECUTE FUNCTION fees_refuse_late_rule();
