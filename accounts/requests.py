"""The request of someone who is logged in, for the type checker."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import User


class MemberRequest(HttpRequest):
    """What a view behind `@login_required` receives."""

    user: User
