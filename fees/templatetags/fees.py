"""A rule in words."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from fees.arithmetic import Rule
from fees.models import FeeRule
from kit.money import rupiah
from kit.templatetags.kit import percent

register = template.Library()


@register.filter
def rate(rule: Rule | FeeRule | None) -> str:
    """`2% + Rp500, paling banyak Rp20.000`; nothing for no rule."""
    if rule is None:
        return _("tidak ada")
    parts = [percent(rule.percent_bp)] if rule.percent_bp else []
    parts += [rupiah(rule.fixed)] if rule.fixed else []
    words = [" + ".join(parts) or _("gratis")]
    if rule.least:
        words.append(_("paling sedikit %s") % rupiah(rule.least))
    if rule.most is not None:
        words.append(_("paling banyak %s") % rupiah(rule.most))
    return ", ".join(words)
