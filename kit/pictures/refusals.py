"""Why a photo is not taken in, in words its sender can act on."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class PictureRefused(Exception):
    """`str()` of a refusal is the sentence to show, in the reader's language."""

    sentence: ClassVar[str | Promise] = _("Foto ini tidak bisa dipakai. Coba foto lain.")

    def __str__(self) -> str:
        return str(self.sentence)


class TooLarge(PictureRefused):
    sentence = _("Ukuran foto lebih dari 10 MB. Kecilkan dulu, lalu unggah lagi.")


class NotAPicture(PictureRefused):
    sentence = _("Berkas ini bukan foto. Pakai foto JPEG, PNG, atau WebP.")


class Disguised(PictureRefused):
    sentence = _("Berkas ini membawa isi lain di dalam fotonya. Simpan ulang fotonya, lalu unggah.")


class TooManyPixels(PictureRefused):
    sentence = _("Resolusi foto lebih dari 25 megapiksel. Kecilkan dulu, lalu unggah lagi.")


class TooSmall(PictureRefused):
    sentence = _("Foto terlalu kecil. Lebar dan tingginya paling sedikit 200 piksel.")


class OddShape(PictureRefused):
    sentence = _(
        "Foto terlalu panjang. Potong dulu sampai sisi panjangnya paling banyak 4 kali sisi pendeknya."
    )


class Damaged(PictureRefused):
    sentence = _("Foto ini rusak atau belum terunggah utuh. Coba unggah lagi atau pakai foto lain.")
