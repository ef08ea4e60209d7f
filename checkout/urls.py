"""Addresses of buying."""

from django.urls import path

from checkout import many, views

app_name = "checkout"
urlpatterns = [
    path("beli/<int:variant_id>/", views.buy, name="buy"),
    path("beli/<int:variant_id>/hitung/", views.total, name="total"),
    path("live/<slug:code>/keep/", views.keep, name="keep"),
    path("pesanan/<slug:number>/terima/", views.receive, name="receive"),
    path("toko/pesanan/batalkan/", many.cancel_many, name="cancel_many"),
    path("toko/pesanan/<slug:number>/ditolak/", views.refuse, name="refuse"),
    path("pesanan/<slug:number>/batal/", views.cancel, name="cancel"),
]
