"""Photos of a seller's product: fragments of its page, and plain forms without script."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import MemberRequest
from catalog import operations, queries
from catalog.forms import PhotosForm
from catalog.models import Product
from kit.htmx import is_htmx, render_page
from kit.numbers import whole_number
from kit.pictures import PictureRefused


@login_required
@require_POST
def photo_add(request: MemberRequest, pk: int) -> HttpResponse:
    product = get_object_or_404(Product.objects.of_seller(request.user), pk=pk)
    form = PhotosForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            operations.add_photos(product, uploads=form.cleaned_data["photos"])
        except operations.TooManyPhotos:
            form.add_error("photos", _("Paling banyak %(most)s foto.") % {"most": operations.MOST_PHOTOS})
        except PictureRefused as refusal:
            form.add_error("photos", str(refusal))
        else:
            return _photos(request, product)
    return _photos(request, product, form=form)


@login_required
@require_POST
def photo_move(request: MemberRequest, pk: int) -> HttpResponse:
    photo = get_object_or_404(queries.photos_of_seller(request.user), pk=pk)
    place = whole_number(request.POST.get("place", "")) or 0
    operations.move_photo(photo, place=place)
    return _photos(request, photo.product)


@login_required
@require_http_methods(["GET", "POST"])
def photo_remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Asks once, then removes."""
    photo = get_object_or_404(queries.photos_of_seller(request.user), pk=pk)
    if request.method != "POST":
        return render_page(request, "catalog/photo_remove.html", "confirm", {"photo": photo})
    operations.remove_photo(photo)
    return _photos(request, photo.product)


def _photos(request: MemberRequest, product: Product, *, form: PhotosForm | None = None) -> HttpResponse:
    if not is_htmx(request) and form is None:
        return redirect("catalog:product_edit", pk=product.pk)
    context = {
        "product": product,
        "photos": product.photos.order_by("position", "pk"),
        "photos_form": form or PhotosForm(),
        "most_photos": operations.MOST_PHOTOS,
    }
    template = "catalog/product_edit.html#photos" if is_htmx(request) else "catalog/photo_refused.html"
    return render(request, template, context, status=422 if form else 200)
