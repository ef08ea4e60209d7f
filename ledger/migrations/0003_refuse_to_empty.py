from django.db import migrations

FORWARD = """
CREATE TRIGGER ledger_transfer_is_not_emptied BEFORE TRUNCATE ON ledger_transfer
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_transaction_is_not_emptied BEFORE TRUNCATE ON ledger_transaction
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
"""

BACKWARD = """
DROP TRIGGER ledger_transfer_is_not_emptied ON ledger_transfer;
DROP TRIGGER ledger_transaction_is_not_emptied ON ledger_transaction;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_refuse_changes")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
