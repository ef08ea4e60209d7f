"""Addresses of reviews."""

from django.urls import URLPattern, path

from reviews import views

app_name = "reviews"
urlpatterns: list[URLPattern] = [
    path("ulasan/tulis/<int:line_id>/", views.write, name="write"),
    path("ulasan/<int:pk>/", views.review, name="review"),
    path("ulasan/<int:pk>/jawab/", views.answer, name="answer"),
    path("ulasan/<int:pk>/lapor/", views.report, name="report"),
    path("p/<int:pk>/ulasan/", views.of_product, name="of_product"),
    path("lapak/<slug:slug>/ulasan/", views.of_shop, name="of_shop"),
    path("ops/ulasan/", views.desk, name="desk"),
    path("ops/ulasan/<int:pk>/sembunyikan/", views.hide, name="hide"),
    path("ops/ulasan/<int:pk>/biarkan/", views.keep, name="keep"),
]
