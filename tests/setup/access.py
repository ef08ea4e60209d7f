from tests.access.rules import EVERYONE, Access

ACCESS = {
    "home": Access(EVERYONE),
    "livez": Access(EVERYONE),
    "readyz": Access(EVERYONE),
}
