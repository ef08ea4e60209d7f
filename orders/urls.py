"""Addresses of orders."""

from django.urls import URLPattern, path

from orders import views

app_name = "orders"
urlpatterns: list[URLPattern] = [
    path("pesanan/", views.order_list, name="list"),
    path("pesanan/<slug:number>/", views.order, name="order"),
    path("toko/pesanan/", views.desk, name="desk"),
    path("toko/pesanan/<slug:number>/", views.desk_order, name="desk_order"),
    path("toko/pesanan/<slug:number>/kemas/", views.pack, name="pack"),
    path("toko/pesanan/<slug:number>/kirim/", views.ship, name="ship"),
]
