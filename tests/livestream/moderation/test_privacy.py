"""What strangers should not read of each other."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream.moderation.privacy import HIDDEN, mask


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("WA saya 081234567890 ya", f"WA saya {HIDDEN} ya"),
        ("hubungi +62 812-3456-7890", f"hubungi {HIDDEN}"),
        ("0812 3456 7890", HIDDEN),
        ("(0812) 3456-7890 bisa?", f"({HIDDEN} bisa?"),
        ("0 8 1 2 3 4 5 6 7 8 9 0", HIDDEN),
        ("O8l2 3456 789O", HIDDEN),
        ("０８１２３４５６７８９０", HIDDEN),
        ("telp rumah 0274-512345 ya", f"telp rumah {HIDDEN} ya"),
        ("nol delapan satu dua tiga empat lima enam tujuh delapan", HIDDEN),
        ("NIK 3402126708900001", f"NIK {HIDDEN}"),
        ("3402 1267 0890 0001", HIDDEN),
        ("kartu 4111 1111 1111 1111 masih berlaku", f"kartu {HIDDEN} masih berlaku"),
        ("5500005555555559", HIDDEN),
        ("BCA 1234567 an Siti", f"BCA {HIDDEN} an Siti"),
        ("rek mandiri no. 137-00-1234567-8", f"rek mandiri no. {HIDDEN}"),
        ("kirim ke 1370012345678", f"kirim ke {HIDDEN}"),
        ("emailku siti.aminah@gmail.com", f"emailku {HIDDEN}"),
        ("siti (at) yahoo (dot) co.id", HIDDEN),
        ("budi at gmail dot com", HIDDEN),
        ("kirim ke Jl. Kaliurang No. 12 ya", f"kirim ke {HIDDEN} ya"),
        ("alamat jalan Mawar Indah nomor 7B RT 03 RW 05", f"alamat {HIDDEN}"),
        ("jl kenanga 45 bantul", f"{HIDDEN} bantul"),
        ("Dusun Krajan RT 02/RW 04", HIDDEN),
        ("rumah di RT 3 RW 7", f"rumah di {HIDDEN}"),
        ("08123456789 atau 08987654321", f"{HIDDEN} atau {HIDDEN}"),
    ],
)
def test_hides_what_is_private(text, shown):
    assert mask(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Rp1.250.000.000 itu mahal",
        "harga 1.250.000 atau 2,500,000?",
        "ukuran 38 39 40 41 42 43 44 45",
        "250 500 750 1000 gram",
        "1 2 3 4 5 6 7 8 9 10",
        "dikirim 24-11-2026 jam 19.05",
        "live 24/11/2026 20:00 WIB",
        "pesan 12 lusin, 150 pcs, total 1.800",
        "pesanan PM-20261124",
        "jalan-jalan ke pasar 2 jam",
        "jalan kaki 10 menit dari stasiun",
        "gang sempit begini ada 3 motor",
        "bri aja bisa? atau dana 25.000",
        "satu dua tiga coba",
        "kode barang A12 sama B7",
        "warna @merah 2, ukuran @xl",
        "100% katun 30x40 cm",
        "2,5 kg 12 x 1.000.000",
        "tahun 2024 2025 2026",
        "Kalau 3 bungkus 50.000, 6 bungkus 90.000 ya",
    ],
)
def test_leaves_prices_sizes_and_dates(text):
    assert mask(text) is text


@given(st.text(max_size=300))
def test_never_makes_a_message_longer_than_it_may_be(text):
    assert len(mask(text)) <= 300


phones = st.from_regex(r"08[1-9][0-9]{8,9}", fullmatch=True)


@given(phones, st.sampled_from(["", " ", "-", ".", " - "]), st.integers(2, 4))
def test_a_phone_number_is_hidden_in_any_grouping(phone, gap, size):
    groups = gap.join(phone[at : at + size] for at in range(0, len(phone), size))

    shown = mask(f"kak {groups} ya")

    assert shown == f"kak {HIDDEN} ya"


@pytest.mark.parametrize(
    "piece",
    [
        "0",
        "1 ",
        "08",
        "jl a ",
        "jl. ",
        "a@",
        "a.b@c-",
        "satu ",
        "rek no ",
        "Rp1.000.",
        "rt 1 ",
        "l",
        "at gmail ",
    ],
)
def test_a_hostile_text_takes_no_time(piece):
    text = (piece * 100_000)[:100_000]
    began = time.process_time()

    mask(text)

    assert time.process_time() - began < 1
