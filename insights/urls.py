"""Addresses of insights."""

from __future__ import annotations

from django.urls import URLPattern, path

from insights import views

app_name = "insights"
urlpatterns: list[URLPattern] = [
    path("studio/<slug:code>/papan/", views.board, name="board"),
    path("studio/<slug:code>/laporan/", views.report, name="report"),
    path("studio/<slug:code>/laporan/<slug:name>.csv", views.sheet, name="sheet"),
]
