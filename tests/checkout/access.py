from uuid import uuid4

from tests.access.rules import BUYER, EVERYONE, MEMBERS, ORDERS, Access

ACCESS = {
    # A guest's GET shows the way in; a guest's POST is sent there.
    "checkout:buy": Access(
        MEMBERS,
        frozenset({"GET", "POST"}),
        kwargs=lambda world: {"variant_id": world.variant.pk},
        fields=lambda world: {"key": uuid4()},
    ),
    "checkout:keep": Access(
        MEMBERS,
        frozenset({"POST"}),
        kwargs=lambda world: {"code": world.session.code},
        fields=lambda world: {"id": uuid4()},
    ),
    "checkout:total": Access(EVERYONE, kwargs=lambda world: {"variant_id": world.variant.pk}),
    "checkout:receive": Access(
        frozenset({BUYER}), frozenset({"POST"}), kwargs=lambda world: {"number": world.order.number}
    ),
    # The order of this world is not paid at the door, and its shop is told so.
    "checkout:refuse": Access(
        ORDERS, frozenset({"POST"}), kwargs=lambda world: {"number": world.order.number}
    ),
    # Nobody else's orders are among those that one can choose.
    "checkout:cancel_many": Access(MEMBERS, frozenset({"POST"})),
    "checkout:cancel": Access(
        ORDERS | {BUYER}, frozenset({"POST"}), kwargs=lambda world: {"number": world.order.number}
    ),
}
