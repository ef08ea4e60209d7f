"""Who may call the addresses of a person's own data: everybody their own."""

from tests.access.rules import MEMBERS, Access

ACCESS = {
    # Without a password nobody is closed.
    "privacy:close": Access(MEMBERS, frozenset({"GET", "POST"})),
    "privacy:copy": Access(MEMBERS),
}
