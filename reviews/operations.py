"""Every write to reviews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import caches
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from inbox.models import Kind
from inbox.operations import Message, tell
from kit.hygiene import clean_text
from kit.pictures import Picture
from kit.pictures.rows import columns_of
from livestream.operations.speech import shown_text
from orders.models import Order, OrderLine
from reviews.models import Report, Review, ReviewPhoto
from reviews.queries import rating_keys

MOST_PHOTOS = 4


class Refused(Exception):
    """Nothing was changed."""


class NotReceived(Refused):
    """Only who has it in their hands can say how it is."""


class ReviewedAlready(Refused):
    """Each line has one review."""


class TooLate(Refused):
    """After thirty days, or once it was hidden, it stays as it is."""


class TooManyPhotos(Refused):
    """At most MOST_PHOTOS."""


@dataclass(frozen=True)
class Opinion:
    stars: int
    text: str
    pictures: Sequence[Picture] = ()


@transaction.atomic
def write_review(line: OrderLine, *, author: User, opinion: Opinion) -> Review:
    """Once for each line of an order that arrived. Raises BlockedWordSaid as rooms do."""
    order = Order.objects.select_for_update(no_key=True).get(pk=line.order_id)
    if order.state != Order.State.RECEIVED or order.buyer_id != author.pk:
        raise NotReceived
    if Review.objects.filter(line=line).exists():
        raise ReviewedAlready
    shop_id = order.shop_id
    shown, original = shown_text(opinion.text, shop_id=shop_id)
    review = Review.objects.create(
        line=line,
        author=author,
        product_id=line.variant.product_id,
        shop_id=shop_id,
        stars=opinion.stars,
        text=shown,
        original=original,
        bought_live_at=order.placed_at if order.session_id else None,
    )
    _add_photos(review, opinion.pictures)
    _tell_shop(review)
    _forget_rating(review)
    return review


@transaction.atomic
def edit_review(review: Review, *, opinion: Opinion, kept_photos: Sequence[int]) -> Review:
    """For thirty days; of the photos those named stay, and new ones come after them."""
    locked = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
    if not locked.is_editable:
        raise TooLate
    locked.photos.exclude(pk__in=kept_photos).delete()
    locked.text, locked.original = shown_text(opinion.text, shop_id=locked.shop_id)
    locked.stars, locked.edited_at = opinion.stars, timezone.now()
    locked.save(update_fields=["text", "original", "stars", "edited_at"])
    _add_photos(locked, opinion.pictures)
    _forget_rating(locked)
    return locked


@transaction.atomic
def answer_review(review: Review, *, text: str) -> Review:
    """The shop's answer, or its correction; an empty one takes it away."""
    locked = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
    locked.answer, _unmasked = shown_text(text, shop_id=locked.shop_id)
    locked.answered_at = timezone.now() if locked.answer else None
    locked.save(update_fields=["answer", "answered_at"])
    if locked.answer:
        _tell_author(locked)
    return locked


def report_review(review: Review, *, reporter: User, reason: str) -> None:
    """Told again by the same person, it stays one report."""
    Report.objects.get_or_create(review=review, reporter=reporter, defaults={"reason": reason})


@transaction.atomic
def hide_review(review: Review, *, by: User, reason: str) -> None:
    """Its stars no longer count; its author is told why."""
    hidden = Review.objects.shown().filter(pk=review.pk)
    if not hidden.update(hidden_at=timezone.now(), hidden_by=by, hidden_reason=clean_text(reason)[:200]):
        return
    review.refresh_from_db()
    Report.objects.filter(review=review, closed_at__isnull=True).update(closed_at=timezone.now())
    _tell_hidden(review)
    _forget_rating(review)


def keep_review(review: Review) -> None:
    """It was reported for nothing."""
    Report.objects.filter(review=review, closed_at__isnull=True).update(closed_at=timezone.now())


# ---- parts -----------------------------------------------------------------------------------------


def _add_photos(review: Review, pictures: Sequence[Picture]) -> None:
    if review.photos.count() + len(pictures) > MOST_PHOTOS:
        raise TooManyPhotos
    ReviewPhoto.objects.bulk_create(ReviewPhoto(review=review, **columns_of(picture)) for picture in pictures)


def _forget_rating(review: Review) -> None:
    transaction.on_commit(lambda: caches["spare"].delete_many(rating_keys(review)))


def _tell_shop(review: Review) -> None:
    said = {"stars": review.stars, "name": review.line.product_name}
    tell(
        review.shop.owner,
        kind=Kind.REVIEW,
        key=f"review:{review.pk}",
        compose=lambda: Message(
            title=_("%(stars)s bintang untuk %(name)s") % said,
            text=review.text or _("Tanpa kata-kata."),
            path=reverse("reviews:review", args=[review.pk]),
        ),
        shop_id=review.shop_id,
    )


def _tell_author(review: Review) -> None:
    tell(
        review.author,
        kind=Kind.REVIEW,
        key=f"review:{review.pk}:answer",
        compose=lambda: Message(
            title=_("%(shop)s menjawab ulasanmu") % {"shop": review.shop.name},
            text=review.answer,
            path=reverse("reviews:review", args=[review.pk]),
        ),
        shop_id=review.shop_id,
    )


def _tell_hidden(review: Review) -> None:
    tell(
        review.author,
        kind=Kind.REVIEW,
        key=f"review:{review.pk}:hidden",
        compose=lambda: Message(
            title=_("Ulasanmu disembunyikan"),
            text=_("Alasan: %(reason)s") % {"reason": review.hidden_reason},
            path=reverse("orders:order", args=[review.line.order.number]),
        ),
    )
