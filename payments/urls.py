"""Addresses of payments."""

from django.urls import URLPattern, path

from payments.views import desk, pay, shop

app_name = "payments"
urlpatterns: list[URLPattern] = [
    path("bayar/<slug:number>/", pay.pay, name="pay"),
    path("bayar/<slug:number>/keadaan/", pay.status, name="status"),
    path("bayar/<slug:number>/cek/", pay.ask, name="ask"),
    path("bayar/<slug:number>/pastikan/", pay.confirm, name="confirm"),
    path("bayar/<slug:number>/ganti/", pay.change, name="change"),
    path("bayar/<slug:number>/bukti/", pay.send_proof, name="send_proof"),
    path("bukti-bayar/<int:pk>/", pay.proof_picture, name="proof_picture"),
    path("pengembalian/<int:pk>/", pay.refund_account, name="refund_account"),
    path("toko/pembayaran/", shop.till, name="till"),
    path("toko/pembayaran/cara/", shop.choose_methods, name="choose_methods"),
    path("toko/pembayaran/qris/", shop.read_sticker, name="read_sticker"),
    path("toko/pembayaran/qris/benar/", shop.confirm_sticker, name="confirm_sticker"),
    path("toko/pembayaran/qris/hapus/", shop.forget_sticker, name="forget_sticker"),
    path("toko/pembayaran/rekening/", shop.keep_account, name="keep_account"),
    path("toko/pembayaran/bukti/", shop.proofs, name="proofs"),
    path("toko/pembayaran/bukti/<int:pk>/", shop.judge, name="judge"),
    path("toko/pembayaran/masuk/<int:pk>/", shop.confirm_unproven, name="confirm_unproven"),
    path("toko/pembayaran/kembali/<int:pk>/", shop.record_transfer, name="record_transfer"),
    path("ops/pembayaran/", desk.tickets, name="tickets"),
    path("ops/pembayaran/tiket/<int:pk>/", desk.ticket, name="ticket"),
    path("ops/pembayaran/tiket/<int:pk>/tindakan/", desk.act, name="act"),
    path("ops/pembayaran/notifikasi/", desk.notices, name="notices"),
    path("ops/pembayaran/laporan/", desk.reconcile, name="reconcile"),
    path("ops/pembayaran/jeda/", desk.pause, name="pause"),
]
