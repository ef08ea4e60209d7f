from tests.access.rules import EVERYONE, Access

ACCESS = {
    "kit:theme": Access(EVERYONE, frozenset({"POST"}), fields=lambda world: {"theme": "night"}),
    "kit:data_saver": Access(EVERYONE, frozenset({"POST"}), fields=lambda world: {"saves": "1"}),
    # Only where the demo runs or somebody develops.
    "kit:gallery": Access(frozenset()),
}
