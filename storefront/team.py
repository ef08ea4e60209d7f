"""A shop's team, as the whole market hears of it: letters to who is invited, rooms that let people go."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import Member, Role, Shop
from catalog.operations import team
from inbox import operations as inbox
from inbox.models import Kind
from livestream.operations import crew


def invite(shop: Shop, *, email: str, role: Role) -> Member:
    """Raises what `catalog.operations.team.invite_member` raises. The letter leaves once it is recorded."""
    invitation = team.invite_member(shop, email=email, role=role)
    transaction.on_commit(lambda: _write(invitation))
    return invitation.member


@transaction.atomic
def accept(member: Member, *, user: User) -> Member:
    accepted = team.accept_invitation(member, user=user)
    crew.tell_of_part(accepted.shop_id, user.pk)
    said = {"name": user.name, "shop": accepted.shop.name}
    inbox.tell(
        accepted.shop.owner,
        kind=Kind.ORDER,
        key=f"member:{accepted.pk}",
        compose=lambda: inbox.Message(
            title=_("%(name)s bergabung di tim %(shop)s") % said,
            text=_("Perannya bisa kamu ubah atau cabut kapan saja."),
            path=reverse("catalog:team"),
        ),
    )
    return accepted


@transaction.atomic
def change(member: Member, *, role: Role) -> None:
    changed = team.change_role(member, role=role)
    if changed.user_id:
        crew.tell_of_part(changed.shop_id, changed.user_id)


@transaction.atomic
def remove(member: Member) -> None:
    """Also ends what this person is sending, and closes the crew's side of their pages."""
    removed = team.remove_member(member)
    if removed.user_id:
        crew.tell_of_part(removed.shop_id, removed.user_id)


def _write(invitation: team.TeamInvitation) -> None:
    member = invitation.member
    link = settings.SITE_URL + reverse("catalog:team_invitation", args=[invitation.token])
    said = {"shop": member.shop.name, "role": member.get_role_display(), "link": link}
    text = _(
        "%(shop)s mengajakmu ikut mengurus lapaknya sebagai %(role)s.\n\nBuka tautan ini dalam 72 jam, lalu "
        "masuk dengan alamat email ini:\n\n%(link)s\n\nKalau kamu tidak mengenal lapak ini, abaikan saja."
    )
    send_mail(f"Pasar Malam · {_('Undangan tim')} {member.shop.name}", text % said, None, [member.email])
