"""Whether a log-in is somebody's, for whoever reads both of them together with other things.

The same rules as `django.contrib.auth.get_user`; a log-in that needs more than them (its key was changed
meanwhile) is for `request.user`.
"""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.crypto import constant_time_compare

from accounts.models import User

_store = import_module(settings.SESSION_ENGINE).SessionStore()


def is_login_of(user: User, session_data: str) -> bool:
    """Not after a new password, nor of somebody shut out. `session_data` as the sessions' table keeps it."""
    session = _store.decode(session_data)
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return False
    is_same = constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
    return session.get(SESSION_KEY) == str(user.pk) and user.is_active and is_same
