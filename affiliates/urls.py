"""Addresses of affiliates."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from affiliates.views import creators, follow, sellers

app_name = "affiliates"
urlpatterns: list[URLPattern | URLResolver] = [
    path("g/<str:code>", follow.follow, name="follow"),
    path("afiliasi/", creators.home, name="home"),
    path("afiliasi/gabung/", creators.join, name="join"),
    path("afiliasi/produk/", creators.products, name="products"),
    path("afiliasi/tautan/", creators.links, name="links"),
    path("afiliasi/tautan/baru/", creators.link, name="link"),
    path("afiliasi/tautan/live/<slug:code>/", creators.session_link, name="session_link"),
    path("afiliasi/tautan/<str:code>/", creators.share, name="share"),
    path("afiliasi/tautan/<str:code>/qr.svg", creators.qr, name="qr"),
    path("afiliasi/komisi/", creators.commissions, name="commissions"),
    path("afiliasi/komisi/<int:pk>/", creators.commission, name="commission"),
    path("afiliasi/terlewat/<int:pk>/", creators.missed_sale, name="missed_sale"),
    path("toko/afiliasi/", sellers.rates, name="rates"),
    path("toko/afiliasi/hitung/", sellers.preview, name="preview"),
    path("toko/afiliasi/tarif/", sellers.set_rate, name="set_rate"),
    path("toko/afiliasi/tarif/akhiri/", sellers.end_rate, name="end_rate"),
]
