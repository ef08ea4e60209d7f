"""Addresses of payments."""

from django.urls import URLPattern, path

from payments import views

app_name = "payments"
urlpatterns: list[URLPattern] = [
    path("bayar/<slug:number>/", views.pay, name="pay"),
    path("bayar/<slug:number>/keadaan/", views.status, name="status"),
]
