"""What people are told about their bank account and their payouts."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from inbox.models import Kind
from inbox.operations import Message, tell
from kit.money import rupiah
from payouts.models import BankAccount, Payee, Payout
from payouts.operations.accounts import link_of


def ask_to_confirm(user: User, account: BankAccount) -> None:
    """Nobody can switch this letter off: it guards their money."""
    link = settings.SITE_URL + reverse("payouts:account_confirm", args=[link_of(account)])
    _send(
        user,
        _("Sahkan rekening pencairanmu"),
        _(
            "Ada yang menulis %(account)s atas nama %(holder)s sebagai rekening pencairanmu. Kalau itu kamu, "
            "sahkan lewat tautan ini dalam 24 jam:\n\n%(link)s\n\nKalau bukan kamu, abaikan surat ini "
            "dan ganti kata sandimu. Tanpa pengesahan, rekening itu tidak dipakai."
        )
        % {"account": account, "holder": account.holder, "link": link},
    )


def tell_account_changed(user: User, account: BankAccount) -> None:
    _send(
        user,
        _("Rekening pencairanmu berubah"),
        _(
            "Mulai besok uangmu dicairkan ke %(account)s. Sampai saat itu tidak ada pencairan. Kalau bukan "
            "kamu yang mengubahnya, ganti kata sandimu dan hubungi pengelola pasar sekarang juga."
        )
        % {"account": account},
    )


def tell_payout_ended(payout: Payout) -> None:
    def compose() -> Message:
        amount = {"amount": rupiah(payout.amount), "account": str(payout.account)}
        if payout.state == Payout.State.PAID:
            title, text = _("%(amount)s sudah dicairkan"), _("Masuk ke %(account)s.")
        else:
            title = _("Pencairan %(amount)s belum berhasil")
            text = _("Uangnya kembali ke saldomu. Periksa nama dan nomor %(account)s.")
        return Message(title % amount, text % amount, reverse(HOMES[payout.payee]))

    tell(payout.user, kind=Kind.ORDER, key=f"payout:{payout.pk}:{payout.state}", compose=compose)


HOMES = {Payee.SHOP.value: "payouts:shop", Payee.AFFILIATE.value: "payouts:affiliate"}


def _send(user: User, subject: str, text: str) -> None:
    with translation.override(user.language):
        send_mail(f"Pasar Malam · {subject}", f"{_('Halo,')} {user.name}\n\n{text}\n", None, [user.email])
