from uuid import uuid4

from tests.access.rules import EVERYONE, MEMBERS, Access

ACCESS = {
    "basket:basket": Access(EVERYONE),
    "basket:count": Access(EVERYONE),
    "basket:put": Access(
        EVERYONE,
        frozenset({"POST"}),
        fields=lambda world: {"variant": world.variant.pk, "quantity": 1},
    ),
    "basket:change": Access(
        EVERYONE,
        frozenset({"POST"}),
        kwargs=lambda world: {"variant_id": world.variant.pk},
        fields=lambda world: {"quantity": 2},
    ),
    "basket:remove": Access(
        EVERYONE, frozenset({"POST"}), kwargs=lambda world: {"variant_id": world.variant.pk}
    ),
    "basket:bring_back": Access(EVERYONE, frozenset({"POST"})),
    # Of an empty basket nothing is bought: everybody is shown that.
    "basket:check_out": Access(
        MEMBERS, frozenset({"GET", "POST"}), fields=lambda world: {"key": uuid4(), "line": "1:1"}
    ),
    "basket:sums": Access(MEMBERS),
}
