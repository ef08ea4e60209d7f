"""What search engines and messengers read of a page: JSON-LD, made of our own fields only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from catalog.models import Product, Shop
from kit.pictures import Picture

IN_STOCK, OUT_OF_STOCK = "https://schema.org/InStock", "https://schema.org/OutOfStock"


def product_listing(request: HttpRequest, product: Product) -> SafeString:
    photos = [absolute(photo.picture.url(960)) for photo in product.photos.all()]
    fields = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.name,
        "description": product.description,
        "category": str(product.category),
        "url": absolute(request.path),
        "image": photos,
        "brand": {"@type": "Brand", "name": product.shop.name},
        "offers": [
            {
                "@type": "Offer",
                "sku": variant.sku,
                "name": str(variant.name or product.name),
                "price": variant.price,
                "priceCurrency": "IDR",
                "availability": "https://schema.org/"
                + ("InStock" if variant.stock.available else "OutOfStock"),
                "url": absolute(f"{request.path}?variant={variant.pk}"),
                "seller": {"@type": "Organization", "name": product.shop.name},
            }
            for variant in product.goods
        ],
    }
    return _as_script(fields)


def shop_listing(shop: Shop) -> SafeString:
    fields = {
        "@context": "https://schema.org",
        "@type": "Store",
        "name": shop.name,
        "description": shop.story,
        "url": absolute(reverse("catalog:shop", args=[shop.slug])),
        "currenciesAccepted": "IDR",
        "address": {
            "@type": "PostalAddress",
            "addressLocality": shop.regency.name,
            "addressRegion": shop.regency.province,
            "addressCountry": "ID",
        },
    }
    return _as_script(fields)


def image_of(pictures: Sequence[Picture]) -> str:
    """The picture a messenger shows beside the link."""
    return absolute(pictures[0].url(960)) if pictures else ""


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def _as_script(fields: dict[str, Any]) -> SafeString:
    """JSON in which nothing can end the script element it stands in."""
    text = json.dumps(fields, ensure_ascii=False)
    safe = text.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")
    return mark_safe(safe)
