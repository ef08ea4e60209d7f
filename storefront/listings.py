"""What search engines and messengers read of a page: JSON-LD, made of our own fields only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from catalog.models import Product, Shop


def product_listing(request: HttpRequest, product: Product) -> dict[str, Any]:
    photos = [absolute(photo.picture.url(960)) for photo in product.photos.all()]
    return {
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
                "availability": f"https://schema.org/{'InStock' if variant.stock.available else 'OutOfStock'}",
                "url": absolute(f"{request.path}?variant={variant.pk}"),
                "seller": {"@type": "Organization", "name": product.shop.name},
            }
            for variant in product.goods
        ],
    }


def shop_listing(request: HttpRequest, shop: Shop) -> dict[str, Any]:
    return {
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


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
