"""Addresses of kit."""

from django.urls import URLPattern, URLResolver

app_name = "kit"
urlpatterns: list[URLPattern | URLResolver] = []
