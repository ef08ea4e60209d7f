CREATE FUNCTION returns_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'steps of returns are only ever added';
END $$;
CREATE TRIGGER returns_step_is_final BEFORE UPDATE OR DELETE ON returns_step
    FOR EACH ROW EXECUTE FUNCTION returns_refuse_change();
CREATE TRIGGER returns_decision_is_final BEFORE UPDATE ON returns_dispute
    FOR EACH ROW WHEN (OLD.decided_at IS NOT NULL) EXECUTE FUNCTION returns_refuse_change();
