"""Addresses of kit."""

from django.urls import URLPattern, URLResolver, path

from kit import views

app_name = "kit"
urlpatterns: list[URLPattern | URLResolver] = [
    path("tampilan/", views.theme, name="theme"),
    path("hemat-data/", views.data_saver, name="data_saver"),
    path("_galeri/", views.gallery, name="gallery"),
]
