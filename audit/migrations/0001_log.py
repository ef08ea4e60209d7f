"""Who did what: only added to, and kept for ten years."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


KEEP = r"""
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is only added to' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_an_act_is_never_changed BEFORE UPDATE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
-- What concerns money is kept for ten years.
CREATE TRIGGER audit_an_act_is_not_forgotten_early BEFORE DELETE ON audit_entry
    FOR EACH ROW WHEN (OLD.at > now() - interval '3653 days') EXECUTE FUNCTION audit_refuse();
"""
FORGET = """
DROP TRIGGER audit_an_act_is_not_forgotten_early ON audit_entry;
DROP TRIGGER audit_an_act_is_never_changed ON audit_entry;
DROP FUNCTION audit_refuse;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_by_staff', models.BooleanField(default=False)),
                ('act', models.CharField(choices=[('stock', 'Stok diubah'), ('price', 'Harga diubah'), ('cancel', 'Pesanan dibatalkan'), ('refused', 'Paket ditolak dicatat'), ('proof', 'Pembayaran diputuskan'), ('transfer', 'Pengembalian dicatat'), ('till', 'Cara bayar diubah'), ('account', 'Rekening diubah'), ('payout', 'Pencairan diputuskan'), ('fees', 'Biaya pasar diubah'), ('invited', 'Anggota diundang'), ('joined', 'Anggota bergabung'), ('role', 'Peran diubah'), ('removed', 'Anggota dicabut')], max_length=10)),
                ('shop_id', models.BigIntegerField(blank=True, null=True)),
                ('about', models.CharField(max_length=120)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'entries',
                'indexes': [models.Index(fields=['shop_id', '-id'], name='audit_of_a_shop'), models.Index(fields=['at'], name='audit_by_age')],
            },
        ),
        migrations.RunSQL(KEEP, FORGET),
    ]
