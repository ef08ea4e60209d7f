"""Addresses of what the market takes."""

from __future__ import annotations

from django.urls import URLPattern, path

from fees import views

app_name = "fees"
urlpatterns: list[URLPattern] = [
    path("biaya/", views.schedule, name="schedule"),
    path("ops/biaya/", views.draft, name="draft"),
    path("biaya/versi/<int:number>/", views.version, name="version"),
    path("biaya/versi/<int:number>/dokumen.json", views.document, name="document"),
]
