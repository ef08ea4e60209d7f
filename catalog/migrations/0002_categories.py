from django.db import migrations

CATEGORIES = [
    ("camilan", "Camilan", "Snacks"),
    ("kue-manisan", "Kue & manisan", "Cakes & sweets"),
    ("sambal-bumbu", "Sambal & bumbu", "Sambal & spices"),
    ("kopi-teh-jamu", "Kopi, teh & jamu", "Coffee, tea & jamu"),
    ("lauk-hasil-laut", "Lauk & hasil laut", "Cooked dishes & seafood"),
    ("batik-tenun", "Batik & tenun", "Batik & weaving"),
    ("busana", "Busana", "Clothing"),
    ("tas-dompet", "Tas & dompet", "Bags & wallets"),
    ("rumah-kerajinan", "Rumah & kerajinan", "Home & crafts"),
    ("perawatan", "Perawatan tubuh", "Body care"),
    ("tanaman-kebun", "Tanaman & kebun", "Plants & garden"),
    ("mainan-hobi", "Mainan & hobi", "Toys & hobbies"),
]


def load(apps, schema_editor):
    Category = apps.get_model("catalog", "Category")
    for position, (slug, name, name_en) in enumerate(CATEGORIES):
        Category.objects.get_or_create(
            slug=slug, defaults={"name": name, "name_en": name_en, "position": position}
        )


def unload(apps, schema_editor):
    """Those that products lie in stay."""
    Category = apps.get_model("catalog", "Category")
    slugs = [slug for slug, _, _ in CATEGORIES]
    Category.objects.filter(slug__in=slugs, products__isnull=True).delete()


class Migration(migrations.Migration):
    replaces = [
        ("catalog", "0006_weights_and_sizes"),
    ]
    dependencies = [("catalog", "0001_tables")]

    operations = [migrations.RunPython(load, unload)]
