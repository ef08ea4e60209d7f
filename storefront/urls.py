"""Addresses of the shop windows. Their names belong to `catalog`: the URL conf puts them there."""

from __future__ import annotations

from django.urls import URLPattern, path

from storefront.views import log, pages, seller, team

urlpatterns: list[URLPattern] = [
    path("p/<slug:slug>-<int:pk>/", pages.product, name="product"),
    path("p/<slug:slug>-<int:pk>/harga/", pages.price_history, name="price_history"),
    path("lapak/<slug:slug>/", pages.shop, name="shop"),
    path("lapak/<slug:slug>/qr.svg", pages.shop_qr, name="shop_qr"),
    path("cari/", pages.search, name="search"),
    path("toko/", seller.seller_home, name="seller_home"),
    path("toko/tim/", team.members, name="team"),
    path("toko/tim/<int:pk>/peran/", team.role, name="team_role"),
    path("toko/tim/<int:pk>/cabut/", team.remove, name="team_remove"),
    path("toko/tim/<int:pk>/keluar/", team.leave, name="team_leave"),
    path("toko/tim/undangan/<slug:token>/", team.invitation, name="team_invitation"),
    path("toko/catatan/", log.of_shop, name="log"),
    path("meja/catatan/", log.of_market, name="log_of_market"),
    path("toko/pilih/<int:pk>/", team.choose_shop, name="choose_shop"),
    path("toko/produk/<int:pk>/tarik/", seller.product_withdraw, name="product_withdraw"),
    path("toko/produk/<int:pk>/jual-lagi/", seller.product_restore, name="product_restore"),
    path("toko/produk/<int:pk>/varian/baru/", seller.variant_new, name="variant_new"),
    path("toko/varian/<int:pk>/", seller.variant_edit, name="variant_edit"),
    path("toko/varian/<int:pk>/tarik/", seller.variant_withdraw, name="variant_withdraw"),
    path("toko/varian/<int:pk>/jual-lagi/", seller.variant_restore, name="variant_restore"),
    path("toko/varian/<int:pk>/stok/", seller.stock, name="stock"),
    path("toko/varian/<int:pk>/stok/tambah/", seller.restock, name="restock"),
]
