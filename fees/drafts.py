"""A version while staff writes it: one form for each rule, filled with the rules that hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fees.arithmetic import Rule
from fees.forms import SumField
from fees.models import Kind, Scope
from kit.fields import LineField

EMPTY_ROWS, MOST_RULES = 3, 60
HIGHEST_PERCENT = Decimal(90)


class PercentField(forms.CharField):
    """`2`, `2,5` or `0.7`, as basis points."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=widget, max_length=8, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value).replace("%", "").replace(",", ".").strip() or "0"
        try:
            percent = Decimal(text)
        except InvalidOperation as problem:
            raise ValidationError(_("Tulis persentase seperti 2,5."), code="percent") from problem
        if not percent.is_finite() or not 0 <= percent <= HIGHEST_PERCENT or percent * 100 % 1:
            raise ValidationError(
                _("Dari 0 sampai 90, dengan paling banyak dua angka desimal."), code="percent"
            )
        return int(percent * 100)


class RuleForm(forms.Form):
    kind = forms.ChoiceField(label=_("Jenis"), choices=Kind.choices)
    label = LineField(label=_("Nama yang dibaca orang"), max_length=80)
    scope = forms.ChoiceField(label=_("Untuk"), choices=Scope.choices)
    scope_id = forms.IntegerField(label=_("Nomor kategori atau lapak"), required=False, min_value=1)
    method = forms.RegexField(r"^[a-z_]{2,12}$", label=_("Cara bayar"), required=False)
    business = forms.ChoiceField(
        label=_("Usaha"), choices=[("", _("Semua")), ("micro", _("Usaha mikro"))], required=False
    )
    above = SumField(label=_("Di atas"), required=False)
    percent = PercentField(label=_("Persen"), required=False)
    fixed = SumField(label=_("Tetap"), required=False)
    least = SumField(label=_("Paling sedikit"), required=False)
    most = SumField(label=_("Paling banyak"), required=False)
    valid_from = forms.DateField(
        label=_("Mulai"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    valid_to = forms.DateField(
        label=_("Sampai sebelum"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> None:
        asked = self.cleaned_data
        scope, kind = asked.get("scope"), asked.get("kind")
        if scope and (scope == Scope.MARKET) != (asked.get("scope_id") is None):
            self.add_error("scope_id", _("Isi nomornya hanya untuk satu kategori atau satu lapak."))
        if scope == Scope.CATEGORY and kind != Kind.PLATFORM:
            self.add_error("scope", _("Hanya biaya pasar yang bisa berbeda tiap kategori."))
        if asked.get("most") is not None and asked["most"] < (asked.get("least") or 0):
            self.add_error("most", _("Tidak boleh di bawah yang paling sedikit."))
        since, until = asked.get("valid_from"), asked.get("valid_to")
        if since and until and until <= since:
            self.add_error("valid_to", _("Harus setelah hari mulainya."))

    @property
    def rule(self) -> Rule:
        asked = self.cleaned_data
        return Rule(
            kind=asked["kind"],
            label=asked["label"],
            scope=asked["scope"],
            scope_id=asked["scope_id"],
            method=asked["method"],
            business=asked["business"],
            above=asked["above"] or 0,
            percent_bp=asked["percent"],
            fixed=asked["fixed"] or 0,
            least=asked["least"] or 0,
            most=asked["most"],
            valid_from=_midnight(asked["valid_from"]),
            valid_to=_midnight(asked["valid_to"]),
        )

    @classmethod
    def initial_of(cls, rule: Rule) -> dict[str, Any]:
        written = {name: getattr(rule, name) for name in cls.base_fields if hasattr(rule, name)}
        for name in ("valid_from", "valid_to"):
            written[name] = timezone.localdate(written[name]) if written[name] else None
        return written | {"percent": f"{rule.percent_bp / 100:g}".replace(".", ",")}


class DraftForm(forms.Form):
    in_force_from = forms.DateField(
        label=_("Berlaku mulai"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = LineField(label=_("Alasan, untuk penjual"), min_length=5, max_length=300)

    @property
    def moment(self) -> datetime:
        """Midnight of the day in Jakarta; today means now."""
        day = self.cleaned_data["in_force_from"]
        return timezone.now() if day == timezone.localdate() else _midnight(day)


RuleForms = forms.formset_factory(
    RuleForm, extra=EMPTY_ROWS, can_delete=True, max_num=MOST_RULES, absolute_max=MOST_RULES + EMPTY_ROWS
)


def rules_in(rows: Any) -> list[Rule]:
    """Those that are filled in and not struck out, in their order."""
    return [
        form.rule
        for form in rows
        if form.has_changed() | bool(form.initial) and form not in rows.deleted_forms and form.cleaned_data
    ]


def rows_of(rules: Sequence[Rule]) -> list[dict[str, Any]]:
    return [RuleForm.initial_of(rule) for rule in rules]


def _midnight(day: Any) -> Any:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None
