"""Addresses of notices."""

from django.urls import URLPattern, path

from inbox import views

app_name = "inbox"
urlpatterns: list[URLPattern] = [
    path("kabar/", views.notice_list, name="list"),
    path("kabar/semua-dibaca/", views.read_all, name="read_all"),
    path("kabar/atur/", views.wishes, name="wishes"),
    path("kabar/hp/", views.push_on, name="push_on"),
    path("kabar/hp/mati/", views.push_off, name="push_off"),
    path("kabar/berhenti/<str:token>/", views.off, name="off"),
    path("kabar/<int:pk>/", views.open_notice, name="open"),
]
