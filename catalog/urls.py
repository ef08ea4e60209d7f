"""Addresses under which sellers keep their shop. What shoppers see of it is in `storefront`."""

from __future__ import annotations

from django.urls import URLPattern, path

from catalog.views import photos, products, shops

app_name = "catalog"
urlpatterns: list[URLPattern] = [
    path("toko/buka/", shops.shop_open, name="shop_open"),
    path("toko/buka/alamat/", shops.slug_check, name="slug_check"),
    path("toko/lapak/", shops.shop_edit, name="shop_edit"),
    path("toko/produk/", products.product_list, name="product_list"),
    path("toko/produk/baru/", products.product_new, name="product_new"),
    path("toko/produk/<int:pk>/", products.product_edit, name="product_edit"),
    path("toko/produk/<int:pk>/foto/", photos.photo_add, name="photo_add"),
    path("toko/foto/<int:pk>/pindah/", photos.photo_move, name="photo_move"),
    path("toko/foto/<int:pk>/hapus/", photos.photo_remove, name="photo_remove"),
]
