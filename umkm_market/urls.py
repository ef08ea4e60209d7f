"""Every address of the market. Indonesian has no prefix, English stands under /en/."""

from __future__ import annotations

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.static import serve

from catalog import urls as catalog
from storefront import urls as storefront
from storefront.views import pages
from umkm_market import views

# Staff log in where everyone does: guesses are counted there, and the address must be confirmed.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", views.livez, name="livez"),
    path("readyz", views.readyz, name="readyz"),
    path("bahasa/", include("django.conf.urls.i18n")),
    path("", include("payments.hooks")),
    path("", include("shipping.hooks")),
    path("ops/admin/", admin.site.urls),
    *i18n_patterns(
        # First, because in a hot drop five hundred people ask for it in the same second.
        path("", include("checkout.urls")),
        path("", include("basket.urls")),
        path("", pages.home, name="home"),
        path("", include("kit.urls")),
        path("", include("privacy.urls")),
        path("akun/", include("allauth.urls")),
        path("akun/", include("accounts.urls")),
        path("", include("inbox.urls")),
        # The windows know who is on air, so they stand above the catalogue; their names are its own.
        path("", include(([*storefront.urlpatterns, *catalog.urlpatterns], "catalog"))),
        path("", include("fees.urls")),
        path("", include("shipping.urls")),
        path("", include("livestream.urls")),
        path("", include("deals.urls")),
        path("", include("payouts.urls")),
        path("", include("returns.urls")),
        path("", include("reviews.urls")),
        path("", include("orders.urls")),
        path("", include("payments.urls")),
        path("", include("affiliates.urls")),
        path("", include("insights.urls")),
        path("", include("demo.urls")),
        prefix_default_language=False,
    ),
]

if settings.SERVES_MEDIA:
    urlpatterns.append(
        path(f"{settings.MEDIA_URL.lstrip('/')}<path:path>", serve, {"document_root": settings.MEDIA_ROOT})
    )
