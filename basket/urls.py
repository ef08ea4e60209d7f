"""Addresses of the basket."""

from django.urls import URLPattern, path

from basket import views

app_name = "basket"
urlpatterns: list[URLPattern] = [
    path("keranjang/", views.basket, name="basket"),
    path("keranjang/jumlah/", views.count, name="count"),
    path("keranjang/tambah/", views.put, name="put"),
    path("keranjang/urungkan/", views.bring_back, name="bring_back"),
    path("keranjang/<int:variant_id>/", views.change, name="change"),
    path("keranjang/<int:variant_id>/hapus/", views.remove, name="remove"),
    path("bayar/", views.check_out, name="check_out"),
    path("bayar/hitung/", views.sums, name="sums"),
]
