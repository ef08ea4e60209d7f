"""Addresses of returns and of the dispute desk."""

from django.urls import URLPattern, path

from returns.views import desk, moments, party

app_name = "returns"
urlpatterns: list[URLPattern] = [
    path("pesanan/<slug:number>/retur/", party.ask, name="ask"),
    path("pesanan/<slug:number>/saat-beli/", moments.page, name="moment"),
    path("pesanan/<slug:number>/saat-beli.mp4", moments.clip, name="moment_clip"),
    path("retur/<slug:code>/", party.show, name="return"),
    path("retur/<slug:code>/foto/<int:pk>/", party.photo, name="photo"),
    path("retur/<slug:code>/batal/", party.withdraw, name="withdraw"),
    path("retur/<slug:code>/setuju/", party.approve, name="approve"),
    path("retur/<slug:code>/tolak/", party.refuse, name="refuse"),
    path("retur/<slug:code>/kirim/", party.send, name="send"),
    path("retur/<slug:code>/terima/", party.confirm, name="confirm"),
    path("retur/<slug:code>/keberatan/", party.object_to, name="object"),
    path("retur/<slug:code>/sengketa/", party.dispute, name="dispute"),
    path("retur/<slug:code>/bukti/", party.evidence, name="evidence"),
    path("toko/retur/", party.seller_list, name="seller_list"),
    path("ops/sengketa/", desk.dispute_list, name="desk"),
    path("ops/sengketa/<int:pk>/", desk.dispute, name="desk_dispute"),
]
