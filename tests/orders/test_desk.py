"""The order desk with many orders: search, pack, labels, waybills from a file, a table to take away."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse
from reportlab.pdfgen.canvas import Canvas

from kit.money import rupiah
from orders.desk import waybills
from orders.models import LabelBatch, Order
from orders.operations import forget_old_labels, import_waybills, print_labels, want_labels
from orders.operations.batches import RowsMoved
from orders.queries import orders_of_seller
from tests.factories import make_shop, make_user, make_variant
from tests.orders.helpers import ADDRESS, order_in, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    return make_shop()


@pytest.fixture
def desk(client, shop):
    client.force_login(shop.owner)
    return client


def confirmed(shop, **fields):
    return order_in("confirmed", make_variant(shop=shop), **fields)


def texts(answer):
    return " ".join(str(message) for message in answer.context["messages"])


# ---- search and packing ----------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["number", "sari w", "keripik", "JNE777"])
def test_an_order_is_found_by_what_a_seller_knows_of_it(shop, desk, typed):
    variant = make_variant(shop=shop)
    variant.product.name = "Keripik Tempe"
    variant.product.save()
    wanted = order_in("shipped", variant, address=ADDRESS | {"recipient": "Sari Wangi"})
    Order.objects.filter(pk=wanted.pk).update(waybill="JNE7771")
    confirmed(shop)

    page = desk.get(reverse("orders:desk"), {"q": wanted.number[4:] if typed == "number" else typed})

    assert [order.pk for order in page.context["page"]] == [wanted.pk]


def test_ticked_orders_are_packed_and_only_ones_own(shop, desk):
    mine, pending, other = confirmed(shop), place(make_variant(shop=shop)), order_in("confirmed")

    numbers = [order.number for order in (mine, pending, other)]
    answer = desk.post(reverse("orders:pack_many"), {"orders": numbers}, follow=True)

    states = dict(Order.objects.values_list("pk", "state"))
    assert [states[order.pk] for order in (mine, pending, other)] == ["packed", "pending", "confirmed"]
    assert "1 pesanan dikemas" in texts(answer)


def test_all_of_a_tab_are_packed_at_once(shop, desk):
    for _ in range(3):
        confirmed(shop)

    desk.post(reverse("orders:pack_many"), {"every": "1", "state": "confirmed"})

    assert set(Order.objects.values_list("state", flat=True)) == {"packed"}


def test_nothing_ticked_is_said(shop, desk):
    assert "Pilih dulu" in texts(desk.post(reverse("orders:pack_many"), follow=True))


# ---- labels ----------------------------------------------------------------------------------------


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


def test_labels_are_printed_and_given_to_their_seller(shop, desk):
    orders = [confirmed(shop) for _ in range(3)]

    answer = desk.post(reverse("orders:labels"), {"orders": [order.number for order in orders]})
    batch = LabelBatch.objects.get()
    print_labels(batch.pk)
    pdf = desk.get(reverse("orders:label_pdf", args=[batch.pk]))

    assert answer["Location"] == reverse("orders:label_batch", args=[batch.pk])
    assert pdf["Content-Type"] == "application/pdf"
    assert pages(pdf.content) == 3


def test_the_page_asks_until_they_are_there(shop, desk):
    batch = want_labels(shop.owner, [confirmed(shop)])
    path = reverse("orders:label_batch", args=[batch.pk])

    waiting = desk.get(path, headers={"HX-Request": "true"})
    print_labels(batch.pk)
    there = desk.get(path, headers={"HX-Request": "true"})

    assert (waiting.status_code, there.status_code) == (200, 286)
    assert "0 dari 1" in waiting.content.decode()
    assert reverse("orders:label_pdf", args=[batch.pk]) in there.content.decode()


def test_a_batch_is_drawn_once(shop):
    batch = want_labels(shop.owner, [confirmed(shop)])
    print_labels(batch.pk)
    first = LabelBatch.objects.get().printed_at

    print_labels(batch.pk)

    assert LabelBatch.objects.get().printed_at == first


def test_a_label_holds_whatever_people_write(shop):
    strange = ADDRESS | {
        "recipient": "Ñoño 🎉 " + "panjang sekali " * 8,
        "street": "Jl. <b>Tebal</b> & " + "gang " * 60,
        "landmark": "x" * 120,
    }
    batch = want_labels(shop.owner, [confirmed(shop, address=strange)])

    print_labels(batch.pk)

    assert pages(bytes(LabelBatch.objects.get().pdf or b"")) == 1


def test_a_label_and_a_letter_ask_at_the_door_for_what_is_left(shop, monkeypatch):
    order = confirmed(shop, method="cod")
    Order.objects.filter(pk=order.pk).update(paid_ahead=10_000)
    order.refresh_from_db()
    written = []
    monkeypatch.setattr(Canvas, "drawRightString", lambda _canvas, _x, _y, text: written.append(text))

    print_labels(want_labels(shop.owner, [order]).pk)

    assert written == [f"COD {rupiah(order.total - 10_000)}"]
    for letter in ("confirmed", "shipped"):
        text = render_to_string(f"checkout/mail/{letter}.txt", {"order": order})
        assert rupiah(order.total - 10_000) in text
        assert rupiah(order.total) not in text


def test_the_label_of_a_stranger_is_not_there(shop, client):
    batch = want_labels(shop.owner, [confirmed(shop)])
    print_labels(batch.pk)
    client.force_login(make_shop().owner)

    for name in ("label_batch", "label_pdf"):
        assert client.get(reverse(f"orders:{name}", args=[batch.pk])).status_code == 404


def test_orders_of_others_get_no_label(shop, desk):
    answer = desk.post(reverse("orders:labels"), {"orders": [order_in("confirmed").number]})

    assert answer["Location"] == reverse("orders:desk")
    assert not LabelBatch.objects.exists()


def test_labels_are_forgotten_after_a_day(shop):
    old = want_labels(shop.owner, [confirmed(shop)])
    LabelBatch.objects.filter(pk=old.pk).update(created_at="2026-01-01T00:00Z")
    want_labels(shop.owner, [confirmed(shop)])

    assert forget_old_labels() == 1
    assert LabelBatch.objects.count() == 1


# ---- waybills --------------------------------------------------------------------------------------


def judged(shop, text, courier="JNE"):
    rows = waybills.read(text.encode() if isinstance(text, str) else text, courier=courier)
    return waybills.judge(rows, orders_of_seller(shop.owner))


def problems(rows):
    return [str(row.problem) for row in rows]


def test_rows_are_matched_by_number(shop):
    order = confirmed(shop)

    [row] = judged(shop, f"Nomor Pesanan;Resi\n{order.number.lower()}; jne 001 \n")

    assert (row.number, row.waybill, row.courier, row.recipient) == (order.number, "JNE001", "JNE", "Sari")
    assert row.is_ready


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_files_of_all_spreadsheets_are_read(shop, encoding, delimiter):
    order = confirmed(shop)
    lines = [["kurir", "no. pesanan", "no. resi"], ["J&T é", order.number, "JT00001"]]
    text = "\r\n".join(delimiter.join(line) for line in lines)

    [row] = judged(shop, text.encode(encoding))

    assert (row.courier, row.waybill, str(row.problem)) == ("J&T é", "JT00001", "")


def test_every_row_is_reported_with_what_speaks_against_it(shop):
    one, twice, same, pending = (
        (confirmed(shop) for _ in range(3)),
        None,
        None,
        place(make_variant(shop=shop)),
    )
    first, second, third = one
    shipped = order_in("shipped", make_variant(shop=shop))
    foreign = order_in("confirmed")
    lines = [
        "pesanan,resi",
        f"{first.number},JNE00001",
        "PMTIDAKADA00,JNE00002",
        f"{second.number},JNE00003",
        f"{second.number},JNE00004",
        f"{third.number},JNE00001",
        f"{pending.number},JNE00005",
        f"{shipped.number},{shipped.waybill}",
        f"{foreign.number},JNE00006",
        f"{third.number},",
        ",JNE00007",
        "",
    ]

    rows = judged(shop, "\n".join(lines))

    assert [row.line for row in rows] == list(range(2, 12))
    assert problems(rows) == [
        "Nomor resi ini dipakai untuk paket lain.",
        "Tidak ada pesanan dengan nomor ini.",
        "Nomor pesanan ini ada lebih dari sekali.",
        "Nomor pesanan ini ada lebih dari sekali.",
        "Nomor pesanan ini ada lebih dari sekali.",
        "Belum bisa dikirim atau sudah lewat.",
        "Sudah tercatat dengan resi ini.",
        "Tidak ada pesanan dengan nomor ini.",
        "Resinya kosong atau bukan nomor resi.",
        "Nomor pesanannya kosong.",
    ]
    assert twice is same is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"pesanan,resi",
        b"a,b\nc,d",
        b"\x00\xff\xfe",
        b"x" * 1_000_001,
        b"pesanan,resi\n" + b"a,b\n" * 1_001,
        b"pesanan,resi\na," + b"b" * 200_000,
    ],
)
def test_what_is_no_table_of_waybills_is_refused(content):
    with pytest.raises(waybills.Unreadable):
        waybills.read(content, courier="JNE")


def test_a_file_of_an_old_machine_is_read_and_signs_that_no_database_holds_are_not(shop):
    order = confirmed(shop)
    rows = judged(shop, f"pesanan,resi,kurir\r{order.number},JNE00001,J\0NE\rA\0B,JNE00002,")

    assert [(row.number, row.courier) for row in rows] == [(order.number, "JNE"), ("AB", "JNE")]
    assert [bool(row.problem) for row in rows] == [False, True]


def upload(desk, text, **fields):
    file = SimpleUploadedFile("resi.csv", text.encode())
    return desk.post(reverse("orders:waybills"), {"file": file, "courier": "JNE", **fields})


def test_the_preview_writes_nothing_and_the_import_all_of_it(shop, desk):
    packed, fresh = order_in("packed", make_variant(shop=shop)), confirmed(shop)
    text = f"pesanan,resi\n{packed.number},JNE00001\n{fresh.number},JNE00002\nPMTIDAKADA00,JNE00003\n"

    page = upload(desk, text)
    assert "2 dari 3 baris siap disimpan" in page.content.decode()
    assert "1 baris tidak ikut disimpan" in page.content.decode()
    assert not Order.objects.filter(state="shipped").exists()

    desk.post(reverse("orders:waybills_import"), {"rows": page.context["signed"]})
    assert set(Order.objects.values_list("state", "waybill")) == {
        ("shipped", "JNE00001"),
        ("shipped", "JNE00002"),
    }


def test_when_one_has_moved_nothing_is_imported(shop, desk):
    first, second = confirmed(shop), confirmed(shop)
    page = upload(desk, f"pesanan,resi\n{first.number},JNE00001\n{second.number},JNE00002\n")
    Order.objects.filter(pk=second.pk).update(state="cancelled")

    answer = desk.post(reverse("orders:waybills_import"), {"rows": page.context["signed"]})

    assert answer.status_code == 409
    assert "Belum bisa dikirim" in answer.content.decode()
    assert not Order.objects.exclude(waybill="").exists()


def test_importing_twice_ships_once(shop, desk):
    order = confirmed(shop)
    page = upload(desk, f"pesanan,resi\n{order.number},JNE00001\n")

    for _ in range(2):
        desk.post(reverse("orders:waybills_import"), {"rows": page.context["signed"]})

    assert Order.objects.get().waybill == "JNE00001"


def test_rows_that_another_seller_signed_are_refused(shop, desk, client):
    page = upload(desk, f"pesanan,resi\n{confirmed(shop).number},JNE00001\n")
    client.force_login(make_shop().owner)

    client.post(reverse("orders:waybills_import"), {"rows": page.context["signed"]})
    client.post(reverse("orders:waybills_import"), {"rows": "made-up"})

    assert not Order.objects.exclude(waybill="").exists()


def test_a_file_that_cannot_be_read_comes_back(desk):
    answer = upload(desk, "a,b\nc,d")

    assert answer.status_code == 422
    assert "tidak ketemu di baris pertama" in answer.content.decode()


def test_an_import_is_one_transaction(shop):
    first, second = confirmed(shop), confirmed(shop)
    rows = judged(shop, f"pesanan,resi\n{first.number},JNE00001\n{second.number},JNE00002\n")
    Order.objects.filter(pk=second.pk).update(state="expired")

    with pytest.raises(RowsMoved):
        import_waybills(shop.owner, rows)

    first.refresh_from_db()
    assert (first.state, first.waybill) == ("confirmed", "")


# ---- the table -------------------------------------------------------------------------------------


def test_the_table_can_be_filled_in_and_uploaded(shop, desk):
    order = confirmed(shop)
    answer = desk.get(reverse("orders:export"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")

    head, line = text.strip().splitlines()
    [row] = judged(shop, f"{head}\n{line.rpartition(';')[0]};JNE00001\n")

    assert (row.number, row.is_ready) == (order.number, True)


def test_a_cell_cannot_make_a_spreadsheet_compute(shop, desk):
    confirmed(shop, address=ADDRESS | {"recipient": '=HYPERLINK("x")'})

    text = b"".join(desk.get(reverse("orders:export")).streaming_content).decode()

    assert "'=HYPERLINK" in text


def test_nor_one_behind_a_blank(shop, desk):
    confirmed(shop, address=ADDRESS | {"recipient": " =1+1", "street": "|calc"})

    text = b"".join(desk.get(reverse("orders:export")).streaming_content).decode()

    assert "' =1+1" in text
    assert "'|calc" in text


def test_nobody_takes_away_the_orders_of_others(shop, client):
    order = confirmed(shop)
    client.force_login(make_user())

    text = b"".join(client.get(reverse("orders:export")).streaming_content).decode()

    assert order.number not in text
