"""Steps of returns are only ever added."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION returns_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'steps of returns are only ever added';
END $$;
CREATE TRIGGER returns_step_is_final BEFORE UPDATE OR DELETE ON returns_step
    FOR EACH ROW EXECUTE FUNCTION returns_refuse_change();
CREATE TRIGGER returns_decision_is_final BEFORE UPDATE ON returns_dispute
    FOR EACH ROW WHEN (OLD.decided_at IS NOT NULL) EXECUTE FUNCTION returns_refuse_change();
"""

BACKWARD = """
DROP TRIGGER returns_decision_is_final ON returns_dispute;
DROP TRIGGER returns_step_is_final ON returns_step;
DROP FUNCTION returns_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("returns", "0001_returns_and_disputes")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
