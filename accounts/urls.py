"""Addresses of a person's own pages."""

from django.urls import URLPattern, path

from accounts import views

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("data/", views.profile, name="profile"),
    path("alamat/", views.address_list, name="addresses"),
    path("alamat/baru/", views.address_new, name="address_new"),
    path("alamat/<int:pk>/", views.address_edit, name="address_edit"),
    path("alamat/<int:pk>/hapus/", views.address_delete, name="address_delete"),
    path("wilayah/", views.regencies, name="regencies"),
    path("wilayah/cari/", views.areas, name="areas"),
]
