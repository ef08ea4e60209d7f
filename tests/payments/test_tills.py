"""A shop's own till …"""

from __future__ import annotations

import io

import pytest
import qriskit
import segno
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from catalog.models import Shop
from kit.pictures import NotAPicture, PictureRefused, codes
from payments import operations, sticker
from payments.models import ShopTill
from payments.sticker import StickerRefused
from tests.factories import make_shop, make_variant
from tests.orders.helpers import place
from tests.payments.conftest import Gateway

pytestmark = pytest.mark.django_db(transaction=True)
# Made up, and payable to nobody.
STATIC = (
    "00020101021126610015COM.EXAMPLE.PSP011893600000000000000102090000000010303UMI51440014ID.CO.QRIS.WWW"
    "0215ID10000000000010303UMI5204581253033605802ID5913WARUNG CONTOH6006BANTUL61055571163044E2C"
)
NMID = "ID1000000000001"


def photo(*texts: str, angle: int = 0) -> SimpleUploadedFile:
    """Stickers on a counter, seen a little from the side."""
    counter = Image.new("RGB", (900 * max(1, len(texts)), 1200), (148, 120, 92))
    for place_, text in enumerate(texts):
        drawn = io.BytesIO()
        segno.make(text, error="m").save(drawn, kind="png", scale=6, border=4)
        counter.paste(Image.open(drawn).convert("RGB"), (900 * place_ + 120, 260))
    file = io.BytesIO()
    counter.rotate(angle, expand=True, fillcolor=(148, 120, 92)).save(file, "JPEG", quality=80)
    return SimpleUploadedFile("stiker.jpg", file.getvalue(), content_type="image/jpeg")


@pytest.fixture
def shop(client: Client) -> Shop:
    shop = make_shop()
    client.force_login(shop.owner)
    return shop


def with_sticker(shop: Shop) -> Shop:
    operations.read_sticker(shop, upload=photo(STATIC))
    operations.confirm_sticker(shop, nmid=NMID)
    return shop


def test_a_number_that_no_database_holds_confirms_nothing(client: Client, shop: Shop):
    assert client.post("/toko/pembayaran/qris/benar/", {"nmid": "\0"}).status_code == 302


def test_reads_a_photo_of_the_sticker_and_asks_whose_it_is(client: Client, shop: Shop):
    answer = client.post("/toko/pembayaran/qris/", {"photo": photo(STATIC, angle=7)})

    page = client.get("/toko/pembayaran/").content.decode()
    till = ShopTill.objects.get()
    assert answer.status_code == 302
    assert (till.qris_payload, till.qris_nmid, till.has_qris) == (STATIC, NMID, False)
    assert "WARUNG CONTOH" in page
    assert "Ya, ini punyaku" in page

    client.post("/toko/pembayaran/qris/benar/", {"nmid": NMID})

    assert ShopTill.objects.get().has_qris


def test_confirms_only_what_was_on_the_screen(client: Client, shop: Shop):
    operations.read_sticker(shop, upload=photo(STATIC))

    client.post("/toko/pembayaran/qris/benar/", {"nmid": "ID9999999999999"})

    assert not ShopTill.objects.get().has_qris


def test_a_new_sticker_is_looked_at_again(shop: Shop):
    with_sticker(shop)

    operations.read_sticker(shop, upload=photo(STATIC))

    assert not ShopTill.objects.get().has_qris


def test_shows_each_order_its_own_code_and_a_stranger_reads_the_same(client: Client, gateway: Gateway):
    shop = with_sticker(make_shop(shipping_fee=9_000))
    order = place(make_variant(shop=shop, price=16_000), method="shop_qris")
    client.force_login(order.buyer)

    charge = operations.open_charge(order)
    page = client.get(f"/bayar/{order.number}/").content.decode()

    code = qriskit.parse(charge.qr_string, strict=True)
    assert (int(code.amount or 0), code.nmid, code.is_dynamic) == (25_000, NMID, True)
    assert code.additional_data.reference_label == order.number
    assert code.merchant_name == "WARUNG CONTOH"
    drawn = io.BytesIO()
    segno.make(charge.qr_string, error="m").save(drawn, kind="png", scale=5)
    assert zxingcpp.read_barcode(Image.open(drawn)).text == charge.qr_string
    assert 'class="qr"' in page
    assert "Saya sudah bayar, unggah bukti" in page
    assert gateway.calls == []  # no gateway has a part in it


def _spoiled(payload: str) -> str:
    return payload.replace("WARUNG CONTOH", "WARUNG PALSU ")


DYNAMIC = qriskit.parse(STATIC).to_dynamic(25_000).dumps()
BAD = {
    "no code": ((), "no_code"),
    "another code": (("https://contoh.test",), "no_qris"),
    "two stickers": ((STATIC, qriskit.parse(STATIC).with_tag("59", "LAIN").dumps()), "several"),
    "a wrong checksum": ((_spoiled(STATIC),), "damaged"),
    "for one payment": ((DYNAMIC,), "dynamic"),
    "with a tip": ((qriskit.parse(STATIC).with_tag("55", "01").dumps(),), "has_tip"),
    "without an NMID": ((qriskit.parse(STATIC).without_tag("51").dumps(),), "no_nmid"),
}


@pytest.mark.parametrize(("texts", "why"), BAD.values(), ids=BAD.keys())
def test_refuses_what_buyers_could_not_safely_pay(texts: tuple[str, ...], why: str):
    with pytest.raises(StickerRefused) as refusal:
        sticker.read(list(texts))

    assert refusal.value.code == why


def test_says_why_a_photo_does_not_do(client: Client, shop: Shop):
    for upload, words in ((photo(), "tidak terbaca"), (photo(_spoiled(STATIC)), "rusak")):
        answer = client.post("/toko/pembayaran/qris/", {"photo": upload})
        assert answer.status_code == 422
        assert words in answer.content.decode()

    text = SimpleUploadedFile("stiker.jpg", b"<svg/onload=alert(1)>")
    assert client.post("/toko/pembayaran/qris/", {"photo": text}).status_code == 422
    assert not ShopTill.objects.exists()


def test_reads_codes_where_nothing_can_be_lost():
    with pytest.raises(NotAPicture):
        codes.read(io.BytesIO(b"000201"))
    with pytest.raises(PictureRefused):
        codes.read(io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"0" * 64))


def test_keeps_a_bank_account_and_marks_each_transfer(client: Client, shop: Shop):
    fields = {"bank": "BCA", "account_number": "123 456.7890", "account_name": "Sri Rahayu"}
    client.post("/toko/pembayaran/rekening/", {**fields, "uses_unique_code": "on"})
    first, second = (place(make_variant(shop=shop, price=20_000), method="transfer") for _ in range(2))

    charges = [operations.open_charge(order) for order in (first, second)]

    assert {charge.va_number for charge in charges} == {"1234567890"}
    assert all(1 <= charge.unique_code <= 999 for charge in charges)
    assert len({charge.sum_to_send for charge in charges}) == 2


def test_forgets_an_account(client: Client, shop: Shop):
    client.post(
        "/toko/pembayaran/rekening/",
        {"bank": "BCA", "account_number": "1234567890", "account_name": "Sri"},
    )

    client.post("/toko/pembayaran/rekening/", {"forget": "1"})

    assert not ShopTill.objects.get().has_account


def test_refuses_an_account_that_is_none(client: Client, shop: Shop):
    answer = client.post(
        "/toko/pembayaran/rekening/", {"bank": "BCA", "account_number": "12a", "account_name": "Sri"}
    )

    assert answer.status_code == 422
    assert not ShopTill.objects.exists()
