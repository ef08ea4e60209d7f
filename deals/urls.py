"""Addresses of deals."""

from __future__ import annotations

from django.urls import URLPattern, path

from deals.views import strip

app_name = "deals"
urlpatterns: list[URLPattern] = [
    path("live/<slug:code>/promo/", strip.strip, name="strip"),
]
