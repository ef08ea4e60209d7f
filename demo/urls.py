"""Addresses of demo."""

from django.urls import URLPattern, URLResolver, path

from demo import views

app_name = "demo"
urlpatterns: list[URLPattern | URLResolver] = [
    path("_surat/", views.mailbox, name="mailbox"),
    path("_surat/<slug:name>/", views.mail, name="mail"),
]
