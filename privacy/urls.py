"""Addresses of a person's own data."""

from django.urls import URLPattern, path

from privacy import views

app_name = "privacy"
urlpatterns: list[URLPattern] = [
    path("akun/tutup/", views.close, name="close"),
    path("akun/salinan.json", views.copy, name="copy"),
]
