from dataclasses import dataclass, replace

from demo.art.drawing import Artwork

DEMO_NOTE = "Lapak contoh. Penjual, alamat, dan ceritanya karangan; tidak ada barang yang dikirim."


@dataclass(frozen=True, slots=True)
class Variant:
    """`code` is what a host calls out in a live: unique within the shop."""

    name: str
    sku: str
    code: str
    price: int
    stock: int


@dataclass(frozen=True, slots=True)
class Product:
    slug: str
    name: str
    description: str
    category: str  # the slug of one of the market's categories
    artwork: Artwork
    weight: int
    variants: tuple[Variant, ...]
    commission_rate: int | None


@dataclass(frozen=True, slots=True)
class Shop:
    """`commission_rate` is in basis points; None where the shop offers affiliates nothing."""

    slug: str
    name: str
    owner: str
    email: str
    story: str
    regency: str
    place: str
    awning: int
    category: str
    palette: str
    seed: int
    commission_rate: int | None
    products: tuple[Product, ...]
    note: str = DEMO_NOTE


@dataclass(frozen=True, slots=True)
class Draft:
    """A product as its shop's page below tells it; numbers and codes come when the shop is put together."""

    name: str
    description: str
    category: str
    artwork: Artwork
    weight: int
    options: tuple[tuple[str, int, int], ...]
    commission_rate: int | None


def product(
    name: str,
    description: str,
    category: str,
    kind: str,
    weight: int,
    *options: tuple[str, int, int],
    label: str = "",
    motif: str = "",
    filling: str = "",
    rate: int | None = None,
) -> Draft:
    """`options` are (name, price, stock); `label` is what the packet says when the "
    "name is too long for it."""
    note = options[0][0] if options[0][0][:1].isdigit() else ""
    artwork = Artwork(
        kind=kind, seed=0, palette="", name=label or name, note=note, motif=motif, filling=filling
    )
    return Draft(name, description, category, artwork, weight, options, rate)


def shop(
    name: str,
    *,
    owner: str,
    story: str,
    regency: str,
    place: str,
    awning: int,
    category: str,
    palette: str,
    prefix: str,
    brand: str,
    seed: int,
    products: tuple[Draft, ...],
    rate: int | None = None,
) -> Shop:
    """A whole stall; `brand` is its name as printed on labels, `prefix` opens its SKUs."""
    return Shop(
        slug=slug_of(name),
        name=name,
        owner=owner,
        email=f"{slug_of(name)}@contoh.test",
        story=story,
        regency=regency,
        place=place,
        awning=awning,
        category=category,
        palette=palette,
        seed=seed,
        commission_rate=rate,
        products=tuple(
            _finished(draft, number, prefix=prefix, brand=brand, palette=palette, seed=seed)
            for number, draft in enumerate(products)
        ),
    )


def slug_of(name: str) -> str:
    kept = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in name.lower())
    return "-".join(kept.split())


def _finished(draft: Draft, number: int, *, prefix: str, brand: str, palette: str, seed: int) -> Product:
    letter = "ABCDEFGH"[number]
    return Product(
        slug=slug_of(draft.name),
        name=draft.name,
        description=draft.description,
        category=draft.category,
        artwork=replace(draft.artwork, seed=seed * 7 + number, palette=palette, brand=brand),
        weight=draft.weight,
        variants=tuple(
            Variant(
                name=name,
                sku=f"{prefix}-{number + 1:02}-{place + 1}",
                code=f"{letter}{place + 11}",
                price=price,
                stock=stock,
            )
            for place, (name, price, stock) in enumerate(draft.options)
        ),
        commission_rate=draft.commission_rate,
    )
