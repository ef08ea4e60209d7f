"""Template tags write the markup that pages rely on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.utils import translation

from kit.gallery import SamplePhoto

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def in_indonesian() -> Iterator[None]:
    with translation.override("id"):
        yield


def render(source: str, **context: Any) -> str:
    return engines["django"].from_string(source).render(context)


class AskForm(forms.Form):
    email = forms.EmailField(label="Email", help_text="Untuk tautan masuk.")
    taste = forms.ChoiceField(
        label="Rasa", choices=[("m", "Manis"), ("p", "Pedas")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Catatan", required=False)


def test_icon_without_a_label_is_decoration() -> None:
    markup = render('{% icon "heart" %}')

    assert 'aria-hidden="true"' in markup
    assert "icons.svg#heart" in markup


def test_icon_with_a_label_speaks() -> None:
    assert 'role="img" aria-label="Suka"' in render('{% icon "heart" "Suka" %}')


def test_every_icon_that_templates_ask_for_is_in_the_sprite() -> None:
    known = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static/img/icons.svg").read_text()))
    asked = {
        name
        for page in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r"""(?:\{% icon |icon=)["']([\w-]+)["']""", page.read_text())
    }

    assert asked - known == set()


def test_button_posts_with_htmx_and_escapes_what_it_is_given() -> None:
    markup = render('{% button "primary wide" hx_post=url icon="send" %}Kirim{% endbutton %}', url="/a?b&c")

    assert markup.startswith('<button class="button button--primary button--wide"')
    assert 'hx-post="/a?b&amp;c"' in markup
    assert markup.endswith("</svg>Kirim</button>")


def test_button_with_an_address_is_a_link() -> None:
    assert (
        render('{% button href="/live/" %}Live{% endbutton %}') == '<a class="button" href="/live/">Live</a>'
    )


def test_button_that_is_disabled_is_never_a_link() -> None:
    markup = render('{% button href="/beli/" disabled=True %}Habis{% endbutton %}')

    assert markup == '<button class="button" type="submit" disabled>Habis</button>'


def test_picture_offers_avif_then_webp_in_the_widths_the_photo_has() -> None:
    photo = SamplePhoto("pisang", "#c98f2f", width=320, height=240)

    markup = render('{% picture photo "Keripik" %}', photo=photo)

    assert markup.index("image/avif") < markup.index("image/webp")
    assert re.findall(r"(\d+)w", markup) == ["160", "320", "160", "320"]
    assert 'alt="Keripik" width="320" height="240" loading="lazy"' in markup
    assert 'fill="#c98f2f"' in markup
    assert "style=" not in markup


def test_picture_that_matters_most_is_not_lazy() -> None:
    markup = render("{% picture photo eager=True %}", photo=SamplePhoto("pisang", "#c98f2f"))

    assert 'fetchpriority="high"' in markup
    assert "lazy" not in markup


def test_picture_without_a_photo_keeps_its_frame() -> None:
    assert 'class="picture picture--square"' in render("{% picture none %}", none=None)


def test_field_ties_label_help_and_errors_to_its_input() -> None:
    form = AskForm({"email": "bukan", "taste": "m"})

    markup = render("{% field form.email %}", form=form)

    assert '<label class="field__label" for="id_email">Email</label>' in markup
    assert 'aria-describedby="id_email_helptext id_email_error"' in markup
    assert 'aria-invalid="true"' in markup
    assert 'id="id_email_error"' in markup


def test_field_with_choices_is_a_group_with_a_legend() -> None:
    markup = render("{% field form.taste %}", form=AskForm())

    assert markup.startswith('<fieldset class="field"')
    assert "<legend" in markup


def test_field_that_may_stay_empty_says_so() -> None:
    assert "boleh kosong" in render("{% field form.note %}", form=AskForm())


def test_error_summary_links_to_each_field() -> None:
    form = AskForm({"email": "bukan", "taste": ""})

    markup = render("{% error_summary form %}", form=form)

    assert re.findall(r'href="(#\w+)"', markup) == ["#id_email", "#id_taste_0"]
    assert 'role="alert"' in markup


def test_error_summary_is_silent_without_errors() -> None:
    assert render("{% error_summary form %}", form=AskForm()) == ""


def test_chart_draws_a_bar_for_each_value_and_lists_them() -> None:
    markup = render('{% chart points title="Omzet" unit="rupiah" %}', points=[("1", 5_000), ("2", 10_000)])

    assert re.findall(r' height="([\d.]+)" rx', markup) == ["48.0", "96.0"]
    assert re.findall(r"<td[^>]*>([^<]+)</td>", markup) == ["Rp5.000", "Rp10.000"]


def test_chart_of_nothing_is_still_a_chart() -> None:
    assert "<svg" in render('{% chart points title="Omzet" %}', points=[])


@pytest.mark.parametrize(
    ("was", "price", "shown"), [(25_000, 20_000, "−20%"), (20_000, 20_000, ""), (0, 100, ""), (3, 2, "−33%")]
)
def test_discount_is_told_only_when_there_is_one(was: int, price: int, shown: str) -> None:
    assert render("{{ was|discount:price }}", was=was, price=price) == shown


@pytest.mark.parametrize(
    ("points", "shown"), [(1_250, "12,5%"), (1_000, "10%"), (601, "6,01%"), (-310, "−3,1%")]
)
def test_percent_reads_basis_points(points: int, shown: str) -> None:
    assert render("{{ points|percent }}", points=points) == shown


def test_price_tells_screen_readers_which_is_which() -> None:
    markup = render('{% include "ui/price.html" with price=18500 was=25000 only %}')

    assert re.sub(r"<[^>]+>|\s+", " ", markup).split() == [
        *("Harga", "sekarang", "Rp18.500"),
        *("Harga", "semula", "Rp25.000"),
    ]


def test_whatsapp_gets_text_and_link_encoded() -> None:
    markup = render(
        '{% share_ways "https://pasar.test/live/a?a=SRI" "Keripik & kopi" as ways %}{{ ways.whatsapp }}'
    )

    assert markup == ("https://wa.me/?text=Keripik+%26+kopi+https%3A%2F%2Fpasar.test%2Flive%2Fa%3Fa%3DSRI")


def test_templates_hold_no_inline_style_or_script() -> None:
    found = [
        f"{page.relative_to(ROOT)}: {line.strip()}"
        for page in (ROOT / "templates").rglob("*.html")
        for line in page.read_text().splitlines()
        if re.search(r'\sstyle="|\son\w+="|<style|<script(?![^>]*(\bsrc=|json"))', line)
    ]

    assert found == []
