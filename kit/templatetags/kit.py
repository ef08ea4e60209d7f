"""Filters and tags that every template has: money, moments, icons, pictures, buttons and forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlencode

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, FileInput
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kit import charts, moments, money, phones
from kit.sprite import SPRITE

register = template.Library()

WIDTHS = (160, 320, 480, 640, 960)
RATIOS = ("square", "stall", "wide", "own", "fill")


class Photo(Protocol):
    """What a picture needs of a photo."""

    width: int
    height: int
    color: str
    lqip: str

    def url(self, width: int, fmt: str = "webp") -> str: ...


# ---- money and moments ---------------------------------------------------------------------------


@register.filter
def rupiah(amount: int | None) -> str:
    return "" if amount is None else money.rupiah(int(amount))


@register.filter
def number(amount: int | None) -> str:
    return "" if amount is None else money.number(int(amount))


@register.filter
def compact(amount: int | None) -> str:
    return "" if amount is None else money.compact(int(amount))


@register.filter
def percent(basis_points: int) -> str:
    """1250 basis points are `12,5%`."""
    whole, part = divmod(abs(int(basis_points)), 100)
    decimals = f"{part:02d}".rstrip("0")
    point = "." if money.is_english() else ","
    sign = money.MINUS if int(basis_points) < 0 else ""
    return f"{sign}{whole}{point + decimals if decimals else ''}%"


@register.filter
def local_date(moment: datetime | None) -> str:
    return moments.date(moment) if moment else ""


@register.filter
def long_date(moment: datetime | None) -> str:
    return moments.long_date(moment) if moment else ""


@register.filter
def local_time(moment: datetime | None, seller_zone: str = "") -> str:
    return moments.time(moment, seller_zone=seller_zone) if moment else ""


@register.filter
def date_time(moment: datetime | None, seller_zone: str = "") -> str:
    return moments.date_time(moment, seller_zone=seller_zone) if moment else ""


@register.filter
def schedule(moment: datetime | None, seller_zone: str = "") -> str:
    return moments.schedule(moment, seller_zone=seller_zone) if moment else ""


@register.filter
def ago(moment: datetime | None) -> str:
    return moments.ago(moment) if moment else ""


@register.filter
def stopwatch(seconds: int) -> str:
    return moments.stopwatch(int(seconds))


@register.filter
def phone(number: str) -> str:
    return phones.spaced(number)


@register.filter
def whatsapp(number: str) -> str:
    return phones.whatsapp(number)


@register.filter
def initial(name: object) -> str:
    return str(name).strip()[:1].upper()


@register.filter
def discount(was: int, price: int) -> str:
    """How much cheaper, as the burst shows it: `−20%`; nothing when it is not cheaper."""
    off = (int(was) - int(price)) * 100 // int(was) if was else 0
    return f"{money.MINUS}{off}%" if off > 0 else ""


@register.simple_tag
def time(moment: datetime, form: str = "date_time", seller_zone: str = "") -> SafeString:
    """`<time>` in one of the forms: date, long_date, time, date_time, schedule, ago."""
    zoned = form in ("time", "date_time", "schedule")
    shown = getattr(moments, form)(moment, **({"seller_zone": seller_zone} if zoned else {}))
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), shown)


# ---- small marks ---------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, label: str = "", kind: str = "") -> SafeString:
    """One symbol of the sprite. Without a label it is decoration."""
    return format_html(
        '<svg class="icon{}" width="24" height="24" {}><use href="{}#{}"/></svg>',
        f" icon--{kind}" if kind else "",
        format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"'),
        static(SPRITE),
        name,
    )


@register.simple_tag
def stars(rating: float, count: int | None = None) -> SafeString:
    """`★ 4,9 (1.204)`, read aloud as a sentence."""
    tenths = round(float(rating) * 10)
    shown = f"{tenths // 10}{'.' if money.is_english() else ','}{tenths % 10}"
    return mark_safe(render_to_string("ui/stars.html", {"rating": shown, "count": count}))


@register.simple_tag
def picture(
    photo: Photo | None,
    alt: str = "",
    *,
    sizes: str = "(min-width: 48rem) 12rem, 46vw",
    ratio: str = "square",
    eager: bool = False,
    kind: str = "",
) -> SafeString:
    """A photo in its frame: AVIF, then WebP, over its own colour and blur."""
    if ratio not in RATIOS:
        raise template.TemplateSyntaxError(f"picture has no ratio {ratio!r}")
    context: dict[str, Any] = {
        "photo": photo,
        "alt": alt,
        "sizes": sizes,
        "ratio": ratio,
        "eager": eager,
        "kind": kind,
    }
    if photo:  # a missing photo reaches a tag as an empty string
        context["sources"] = [(fmt, _srcset(photo, fmt)) for fmt in ("avif", "webp")]
        context["fallback"] = photo.url(480, "webp")
    return mark_safe(render_to_string("ui/picture.html", context).strip())


def _srcset(photo: Photo, fmt: str) -> str:
    widths = [width for width in WIDTHS if width <= photo.width] or [photo.width]
    return ", ".join(f"{photo.url(width, fmt)} {width}w" for width in widths)


# ---- buttons, sheets -----------------------------------------------------------------------------


@register.simple_block_tag
def button(
    content: str,
    kind: str = "",
    *,
    href: str = "",
    icon: str = "",
    label: str = "",
    type: str = "submit",  # the attribute's own name
    disabled: bool = False,
    **attributes: Any,
) -> SafeString:
    """A button, or a link that looks like one.

    `kind` lists variants ("primary wide"); other arguments become attributes: `hx_post` is `hx-post`.
    """
    classes = " ".join(["button", *(f"button--{word}" for word in kind.split())])
    own: dict[str, Any] = {"class": f"{classes} {attributes.pop('class', '')}".strip()}
    own |= {
        name.replace("_", "-"): value for name, value in attributes.items() if value not in ("", None, False)
    }
    if label:
        own["aria-label"] = label
    inside = format_html("{}{}", _icon_markup(icon), mark_safe(content.strip()))
    if href and not disabled:
        return format_html("<a{}>{}</a>", flatatt({"href": href, **own}), inside)
    return format_html("<button{}>{}</button>", flatatt({"type": type, **own, "disabled": disabled}), inside)


def _icon_markup(name: str) -> str:
    return icon(name) if name else ""


@register.simple_block_tag
def sheet(content: str, id: str, *, title: str = "", flush: bool = False) -> SafeString:
    """A bottom sheet. Whatever carries `data-sheet="<id>"` opens it."""
    context = {"id": id, "title": title, "content": mark_safe(content), "flush": flush}
    return mark_safe(render_to_string("ui/sheet.html", context))


@register.simple_block_tag
def notice(content: str, kind: str = "", *, title: str = "", icon: str = "info") -> SafeString:
    context = {"kind": kind, "title": title, "icon": icon, "content": mark_safe(content)}
    return mark_safe(render_to_string("ui/notice.html", context))


# ---- forms ---------------------------------------------------------------------------------------


@register.simple_tag
def field(
    bound: BoundField,
    *,
    label: str = "",
    hint: str = "",
    help: str | None = None,  # instead of the form's own
    prefix: str = "",
    **attributes: Any,
) -> SafeString:
    """One form field with its label, hint, input and errors, tied together for screen readers."""
    if bound.is_hidden:
        return bound.as_widget()
    described = " ".join([*([f"{bound.auto_id}_hint"] if hint else []), bound.aria_describedby or ""]).strip()
    own = {name.replace("_", "-"): value for name, value in attributes.items()}
    if described and not bound.use_fieldset:
        own["aria-describedby"] = described
    context = {
        "field": bound,
        "input": bound.as_widget(attrs=own),
        "label": label or bound.label,
        "hint": hint,
        "help": bound.help_text if help is None else help,
        "prefix": prefix,
        "is_check": isinstance(bound.field.widget, CheckboxInput),
        "is_optional": not bound.field.required
        and not isinstance(bound.field.widget, CheckboxInput | FileInput),
    }
    return mark_safe(render_to_string("ui/field.html", context))


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString:
    """All errors of a form in one box, each a link to its field. Nothing while there is none."""
    if not form.is_bound or not form.errors:
        return SafeString("")
    context = {"general": form.non_field_errors(), "fields": list(_fields_in_error(form))}
    return mark_safe(render_to_string("ui/error_summary.html", context))


def _fields_in_error(form: BaseForm) -> Iterator[dict[str, Any]]:
    for bound in form:
        if bound.errors:
            yield {"id": _first_input_id(bound), "label": bound.label, "errors": bound.errors}


def _first_input_id(bound: BoundField) -> str:
    """A group of choices has no input of its own: its first one gets the focus."""
    return f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label


# ---- charts, sharing, pages ----------------------------------------------------------------------


@register.simple_tag
def chart(
    points: Sequence[tuple[str, int]], *, title: str, kind: str = "bar", unit: str = "number"
) -> SafeString:
    """Label and value pairs as a drawing, and as a table for whoever prefers one."""
    formats = {"number": money.number, "rupiah": money.rupiah, "compact": money.compact}
    drawing = charts.draw(points, show=formats[unit])
    return mark_safe(render_to_string("ui/chart.html", {"chart": drawing, "title": title, "kind": kind}))


@register.simple_tag
def share_ways(url: str, text: str, urls: Mapping[str, str] | None = None) -> dict[str, str]:
    """Addresses that hand a text and a link over to WhatsApp and Telegram, and the one to copy.

    `urls` may name another link for a way, so that it can be told where people came from.
    """
    urls = urls or {}
    whatsapp, telegram = urls.get("whatsapp", url), urls.get("telegram", url)
    return {
        "whatsapp": "https://wa.me/?" + urlencode({"text": f"{text} {whatsapp}"}),
        "telegram": "https://t.me/share/url?" + urlencode({"url": telegram, "text": text}),
        "link": urls.get("link", url),
    }


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: Any) -> str:
    """This page's query with some values changed; an empty value leaves."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in ("", None):
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag
def page_title(*parts: str) -> str:
    """`Keripik Pisang · Pasar Malam`"""
    return " · ".join([*(str(part) for part in parts if part), _("Pasar Malam")])
