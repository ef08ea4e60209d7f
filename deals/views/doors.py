"""What the views of deals have in common at the door."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django_htmx.middleware import HtmxDetails

from kit.htmx import is_htmx, redirect_browser

TOO_FAST = _("Pelan-pelan, ya. Tunggu beberapa detik.")
View = Callable[..., HttpResponse]


def members_only(view: View) -> View:
    """As `login_required`, but a part of a page sends the whole page to the log-in, and back to itself."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if not is_htmx(request):
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
        here = HtmxDetails(request).current_url_abs_path
        return redirect_browser(redirect_to_login(here or "/").url)

    return guarded
