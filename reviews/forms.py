"""What people write about what they received."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms import PhotosField
from kit.fields import LineField
from reviews.models import MOST_STARS, Report
from reviews.operations import MOST_PHOTOS


class FewPhotosField(PhotosField):
    def clean(self, value: Any, initial: Any = None) -> Any:
        files = super().clean(value, initial)
        if len(files) > MOST_PHOTOS:
            raise forms.ValidationError(_("Paling banyak 4 foto."))
        return files


class ReviewForm(forms.Form):
    stars = forms.TypedChoiceField(
        label=_("Nilai"),
        choices=[(stars, str(stars)) for stars in range(MOST_STARS, 0, -1)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih dulu bintangnya.")},
    )
    text = LineField(
        label=_("Ceritakan"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 600}),
    )
    photos = FewPhotosField(label=_("Foto"), required=False)


class AnswerForm(forms.Form):
    text = LineField(
        label=_("Jawaban lapak"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 600}),
    )


class ReportForm(forms.Form):
    reason = forms.ChoiceField(label=_("Mengapa?"), choices=Report.Reason.choices)


class HideForm(forms.Form):
    reason = LineField(label=_("Alasan, dibaca penulisnya"), max_length=200)
