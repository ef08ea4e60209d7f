"""Who may call the addresses of deals."""

from tests.access.rules import EVERYONE, Access

ACCESS = {
    "deals:strip": Access(EVERYONE, kwargs=lambda world: {"code": world.session.code}),
}
