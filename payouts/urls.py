"""Addresses of money on its way to sellers and creators."""

from __future__ import annotations

from django.urls import URLPattern, path

from payouts.views import accounts, affiliate, desk, seller, taxes

app_name = "payouts"
urlpatterns: list[URLPattern] = [
    path("toko/uang/", seller.shop, name="shop"),
    path("toko/uang/laporan/", seller.statement, name="statement"),
    path("toko/uang/laporan.csv", seller.statement_sheet, name="statement_sheet"),
    path("toko/uang/pajak/", taxes.tax, name="tax"),
    path("toko/uang/pajak.csv", taxes.tax_sheet, name="tax_sheet"),
    path("toko/uang/hitung/", seller.net, name="net"),
    path("toko/uang/pernyataan/<slug:kind>/", seller.declare, name="declare"),
    path("toko/pesanan/<slug:number>/rincian/", seller.order, name="order"),
    path("akun/rekening/", accounts.account, name="account"),
    path("akun/rekening/sah/<str:token>/", accounts.account_confirm, name="account_confirm"),
    path("afiliasi/pencairan/", affiliate.affiliate, name="affiliate"),
    path("ops/pencairan/", desk.desk, name="desk"),
    path("ops/pencairan/pajak.csv", taxes.tax_sheet_of_market, name="tax_sheet_of_market"),
    path("ops/pencairan/buat/", desk.make, name="make"),
    path("ops/pencairan/<int:pk>/", desk.batch, name="batch"),
    path("ops/pencairan/<int:pk>/bank.csv", desk.batch_file, name="batch_file"),
    path("ops/pencairan/<int:pk>/hasil/", desk.results, name="results"),
    path("ops/pencairan/<int:pk>/<int:payout_id>/", desk.end, name="end"),
]
