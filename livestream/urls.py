"""Addresses of livestream."""

from django.urls import URLPattern, URLResolver, path

from livestream.views import outside, pages, plan, room, studio

app_name = "livestream"
urlpatterns: list[URLPattern | URLResolver] = [
    path("live/", pages.session_list, name="list"),
    path("live/<slug:code>/", pages.room, name="room"),
    path("live/<slug:code>/etalase/", pages.showcase, name="showcase"),
    path("live/<slug:code>/sematan/", pages.pinned, name="pinned"),
    path("live/<slug:code>/kalender.ics", pages.calendar, name="calendar"),
    path("live/<slug:code>/qr.svg", pages.qr, name="qr"),
    path("live/<slug:code>/barang/<int:product_id>/", pages.product, name="product"),
    path("live/<slug:code>/obrolan/", room.say, name="say"),
    path("live/<slug:code>/kejadian/", room.events, name="events"),
    path("live/<slug:code>/hapus-pesan/", room.remove, name="remove"),
    path("live/<slug:code>/bisukan/", room.mute, name="mute"),
    path("toko/live/", plan.plan, name="plan"),
    path("toko/live/baru/", plan.plan_new, name="plan_new"),
    path("toko/live/<slug:code>/", plan.plan_edit, name="plan_edit"),
    path("toko/live/<slug:code>/hapus/", plan.plan_delete, name="plan_delete"),
    path("studio/<slug:code>/", studio.studio, name="studio"),
    path("studio/<slug:code>/siap/", studio.preflight, name="preflight"),
    path("studio/<slug:code>/etalase/", studio.studio_showcase, name="studio_showcase"),
    path("studio/<slug:code>/sematkan/<int:product_id>/", studio.pin, name="pin"),
    path("studio/<slug:code>/izin/", studio.publish_token, name="publish_token"),
    path("studio/<slug:code>/lepas/", studio.unpin, name="unpin"),
    path("studio/<slug:code>/akhiri/", studio.end, name="end"),
    path("studio/<slug:code>/luar/", outside.outside, name="outside"),
    path("studio/<slug:code>/luar/keadaan/", outside.outside_standing, name="outside_standing"),
    path("studio/<slug:code>/luar/tambah/", outside.outlet_add, name="outlet_add"),
    path("studio/<slug:code>/luar/<int:place>/hapus/", outside.outlet_remove, name="outlet_remove"),
    path("studio/<slug:code>/obs/", outside.obs, name="obs"),
    path("studio/<slug:code>/obs/kunci/", outside.obs_key, name="obs_key"),
    path("studio/<slug:code>/obs/cabut/", outside.obs_revoke, name="obs_revoke"),
    path("studio/<slug:code>/obs/keadaan/", outside.obs_standing, name="obs_standing"),
    path("studio/<slug:code>/rekap/", studio.result, name="result"),
]
