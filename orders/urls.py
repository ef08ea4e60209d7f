"""Addresses of orders."""

from django.urls import URLPattern, path

from orders import many, rules, views

app_name = "orders"
urlpatterns: list[URLPattern] = [
    path("pesanan/", views.order_list, name="list"),
    path("pesanan/<slug:number>/", views.order, name="order"),
    path("toko/pesanan/", views.desk, name="desk"),
    path("toko/pesanan/kemas/", many.pack_many, name="pack_many"),
    path("toko/pesanan/label/", many.labels, name="labels"),
    path("toko/pesanan/label/<uuid:pk>/", many.label_batch, name="label_batch"),
    path("toko/pesanan/label/<uuid:pk>/pdf/", many.label_pdf, name="label_pdf"),
    path("toko/pesanan/resi/", many.waybills_read, name="waybills"),
    path("toko/pesanan/resi/simpan/", many.waybills_import, name="waybills_import"),
    path("toko/pesanan/ekspor/", many.export, name="export"),
    path("toko/pesanan/<slug:number>/", views.desk_order, name="desk_order"),
    path("studio/<slug:code>/aturan-pesan/", rules.session_rule, name="session_rule"),
    path("toko/pesanan/<slug:number>/aturan/", rules.buyer_rule, name="buyer_rule"),
    path("toko/pesanan/<slug:number>/kemas/", views.pack, name="pack"),
    path("toko/pesanan/<slug:number>/kurir/", views.call_courier, name="call_courier"),
    path("toko/pesanan/<slug:number>/kurir/batal/", views.call_off_courier, name="call_off_courier"),
    path("toko/pesanan/<slug:number>/serahkan/", views.hand_over, name="hand_over"),
    path("toko/pesanan/<slug:number>/uang/", views.cash, name="cash"),
    path("toko/pesanan/<slug:number>/kirim/", views.ship, name="ship"),
]
