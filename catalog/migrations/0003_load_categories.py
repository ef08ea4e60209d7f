from django.db import migrations

CATEGORIES = [
    ("camilan", "Camilan", "Snacks"),
    ("makanan", "Makanan & lauk", "Food & dishes"),
    ("minuman", "Kopi, teh & minuman", "Coffee, tea & drinks"),
    ("bumbu", "Bumbu & sambal", "Spices & sambal"),
    ("batik", "Batik & tenun", "Batik & weaving"),
    ("busana", "Busana", "Clothing"),
    ("aksesori", "Tas & aksesori", "Bags & accessories"),
    ("kriya", "Kriya & anyaman", "Crafts & wickerwork"),
    ("rumah", "Perabot rumah", "Home & kitchen"),
    ("perawatan", "Jamu & perawatan", "Jamu & care"),
    ("tanaman", "Tanaman & kebun", "Plants & garden"),
    ("mainan", "Mainan & hobi", "Toys & hobbies"),
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
    dependencies = [("catalog", "0002_search_by_words")]
    operations = [migrations.RunPython(load, unload)]
