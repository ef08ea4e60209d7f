"""Rules of the database that several models share."""

from __future__ import annotations

from django.db.models import CheckConstraint
from django.db.models.functions import Least
from django.db.models.lookups import GreaterThanOrEqual


def none_below_zero(*fields: str, name: str) -> CheckConstraint:
    """One rule for all of them: PostgreSQL reads each rule of a table anew for every row that is written."""
    return CheckConstraint(name=name, condition=GreaterThanOrEqual(Least(*fields), 0))
