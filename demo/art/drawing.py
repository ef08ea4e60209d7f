"""What can be drawn, by name."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image

from demo.art import crafts, foods, packaging, textiles
from demo.art.palette import PALETTES, Palette
from demo.art.people import portrait
from demo.art.pieces import Label, Piece
from demo.art.posters import banner, poster
from demo.art.stage import stage

Maker = Callable[[int, Palette, Label, str, str], Piece]

KINDS: dict[str, Maker] = {
    "pouch": packaging.pouch,
    "sachet": packaging.sachet,
    "coffee_bag": packaging.coffee_bag,
    "jar": packaging.jar,
    "bottle": packaging.bottle,
    "tin": packaging.tin,
    "box": packaging.box,
    "vial": packaging.vial,
    "hanging_cloth": textiles.hanging_cloth,
    "folded_cloth": textiles.folded_cloth,
    "scarf": textiles.scarf,
    "shirt": textiles.shirt,
    "gown": textiles.gown,
    "prayer_dress": textiles.prayer_dress,
    "cap": textiles.cap,
    "headcloth": textiles.headcloth,
    "wallet": textiles.wallet,
    "sandals": textiles.sandals,
    "basket": crafts.basket,
    "rattan_bag": crafts.rattan_bag,
    "bowl": crafts.bowl,
    "cup": crafts.cup,
    "vase": crafts.vase,
    "spinning_top": crafts.spinning_top,
    "spoons": crafts.spoons,
    "lamp": crafts.lamp,
    "shadow_puppet": crafts.shadow_puppet,
    "dagger_charm": crafts.dagger_charm,
    "filigree": crafts.filigree,
    "soap": crafts.soap,
    "carving": crafts.carving,
    "dried_fish": foods.dried_fish,
    "palm_sugar": foods.palm_sugar,
    "layer_cake": foods.layer_cake,
    "heap": foods.heap,
    "wrapped_cakes": foods.wrapped_cakes,
}
# What a kind is filled with or woven in when nobody says.
USUAL: dict[str, tuple[str, str]] = {
    "pouch": ("banana", "chips"),
    "sachet": ("chili", ""),
    "coffee_bag": ("coffee", ""),
    "jar": ("chili", "sambal"),
    "bottle": ("ginger", "turmeric"),
    "tin": ("leaf", ""),
    "box": ("cake", ""),
    "vial": ("leaf", ""),
    "soap": ("leaf", ""),
    "hanging_cloth": ("", "mega_mendung"),
    "folded_cloth": ("", "kawung"),
    "scarf": ("", "ikat"),
    "shirt": ("", "parang"),
    "gown": ("", "blooms"),
    "prayer_dress": ("", "truntum"),
    "cap": ("", "songket"),
    "headcloth": ("", "parang"),
    "sandals": ("", "kawung"),
    "heap": ("", "beans"),
}
NO_LABEL = Label(brand="Pasar Malam", name="Buatan Tangan")
Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Artwork:
    """All that one product's picture depends on."""

    kind: str
    seed: int
    palette: str
    brand: str = NO_LABEL.brand
    name: str = NO_LABEL.name
    note: str = ""
    motif: str = ""
    filling: str = ""
    size: Size = field(default=(960, 960))


def draw_artwork(artwork: Artwork) -> Image.Image:
    return draw_product(
        artwork.kind,
        artwork.seed,
        PALETTES[artwork.palette],
        artwork.size,
        label=Label(artwork.brand, artwork.name, artwork.note),
        motif=artwork.motif,
        filling=artwork.filling,
    )


def draw_product(
    kind: str,
    seed: int,
    palette: Palette,
    size: Size = (960, 960),
    *,
    label: Label = NO_LABEL,
    motif: str = "",
    filling: str = "",
) -> Image.Image:
    """A product on a stall's table; the same arguments always give the same pixels."""
    usual_motif, usual_filling = USUAL.get(kind, ("", ""))
    piece = KINDS[kind](seed, palette, label, motif or usual_motif, filling or usual_filling)
    picture = stage(piece, seed=seed, palette=palette)
    return picture if picture.size == size else picture.resize(size, Image.Resampling.LANCZOS)


def draw_shop_banner(name: str, seed: int, palette: Palette, size: Size = (1280, 480)) -> Image.Image:
    """The stall's sign under its awning, bulbs above, goods in the dark behind."""
    return banner(name, seed=seed, palette=palette, size=size)


def draw_portrait(seed: int, palette: Palette, size: Size = (480, 480)) -> Image.Image:
    """The stall's mascot: a drawn keeper, nobody in particular."""
    return portrait(seed=seed, palette=palette, size=size)


def draw_poster(
    title: str,
    shop: str,
    seed: int,
    palette: Palette,
    product: Image.Image | None = None,
    size: Size = (540, 960),
) -> Image.Image:
    """What stands in a live stall's place before its first frame."""
    return poster(title, shop, seed=seed, palette=palette, product=product, size=size)
