from tests.access.rules import EVERYONE, Access

ACCESS = {
    "home": Access(EVERYONE),
    "livez": Access(EVERYONE),
    "readyz": Access(EVERYONE),
    # Django's own: a GET only leads back.
    "set_language": Access(EVERYONE, frozenset({"GET", "POST"}), fields=lambda world: {"language": "en"}),
}
