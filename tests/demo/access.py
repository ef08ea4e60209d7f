"""Who may call the addresses of the local mailbox."""

from __future__ import annotations

from tests.access.rules import EVERYONE, Access
from tests.demo.letters import write_mail

ACCESS = {
    "demo:mailbox": Access(EVERYONE),
    "demo:mail": Access(
        EVERYONE, kwargs=lambda world: {"name": write_mail(subject="Halo", text="Apa kabar?")}
    ),
}
