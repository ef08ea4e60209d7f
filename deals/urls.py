"""Addresses of deals."""

from __future__ import annotations

from django.urls import URLPattern, path

from deals import views

app_name = "deals"
urlpatterns: list[URLPattern] = [
    path("live/<slug:code>/promo/", views.strip, name="strip"),
]
