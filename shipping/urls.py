"""Addresses under which sellers say how they send."""

from django.urls import URLPattern, path

from shipping import views

app_name = "shipping"
urlpatterns: list[URLPattern] = [
    path("toko/pengiriman/", views.setup, name="setup"),
    path("toko/pengiriman/ongkir/", views.tariff_set, name="tariff_set"),
    path("toko/pengiriman/ongkir/<int:pk>/hapus/", views.tariff_drop, name="tariff_drop"),
]
