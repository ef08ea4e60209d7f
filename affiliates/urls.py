"""Addresses of affiliates."""

from django.urls import URLPattern, URLResolver

app_name = "affiliates"
urlpatterns: list[URLPattern | URLResolver] = []
