"""What was paid out to a creator."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import MemberRequest
from affiliates.models import Affiliate
from ledger.models import AccountKind
from ledger.queries import balance
from payouts.models import Payee, Payout
from payouts.queries.payees import account_in_use, account_to_confirm

ON_A_PAGE = 20


@login_required
@require_safe
def affiliate(request: MemberRequest) -> HttpResponse:
    own = get_object_or_404(Affiliate, user=request.user)
    payouts = Payout.objects.filter(payee=Payee.AFFILIATE, owner_id=own.pk).select_related("account")
    context = {
        "affiliate": own,
        "available": balance(AccountKind.AFFILIATE_AVAILABLE, own.pk),
        "in_transit": balance(AccountKind.AFFILIATE_IN_TRANSIT, own.pk),
        "minimum": settings.PAYOUT_MINIMUM,
        "page": Paginator(payouts.order_by("-pk"), ON_A_PAGE).get_page(request.GET.get("page")),
        "account": account_in_use(request.user),
        "waiting": account_to_confirm(request.user),
        "now": timezone.now(),
    }
    return render(request, "payouts/affiliate.html", context)
