from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("payments", "0002_functions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="ticket",
            name="kind",
            field=models.CharField(choices=[("late_money", "Uang datang setelah barang habis"), ("wrong_amount", "Jumlah dari gerbang berbeda"), ("unknown_order", "Uang untuk tagihan yang tidak dikenal"), ("not_confirmed", "Notifikasi yang tidak dibenarkan gerbang"), ("forged", "Notifikasi dengan tanda tangan salah"), ("unasked_refund", "Pengembalian yang tidak kita minta"), ("chargeback", "Tagihan balik dari bank"), ("refund_by_hand", "Pengembalian lewat transfer bank"), ("silent_shop", "Lapak tidak mengecek bukti bayar"), ("difference", "Beda dengan laporan gerbang"), ("return_stuck", "Retur yang uangnya tidak bisa dikembalikan"), ("books", "Buku tidak cocok")], max_length=14),
        ),
    ]
