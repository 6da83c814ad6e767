"""The one check every file from a person passes before anything else touches it: by content, never by name."""

import io
import zipfile
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

from PIL import Image, ImageOps

from bot.platform.errors import DomainError
from bot.platform.indonesian import format_number

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_ZIP_MEMBERS = 1_000
# A full sheet of 20,000 rows unpacks to about 15 MB; parsing takes 0.3 to 0.4 s a megabyte.
MAX_UNZIPPED_BYTES = 32 * 1024 * 1024
# Deflate reaches about 1,000 : 1 on nothing but zeros; sheets stay under 40 : 1. Small members are let off.
MAX_ZIP_RATIO = 200
_RATIO_MATTERS_FROM = 1024 * 1024

_IMAGE_FORMATS = {"PNG": ("png", "image/png"), "JPEG": ("jpg", "image/jpeg"), "WEBP": ("webp", "image/webp")}
_IMAGE_FORMATS["GIF"] = ("gif", "image/gif")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_BINARIES = (b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")
# Brands of HEIF (ISO/IEC 23008-12) that phones write.
_IPHONE_PHOTOS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TOO_MANY_PIXELS = f"Gambar ini terlalu besar, paling banyak {format_number(MAX_PIXELS)} piksel. Perkecil dulu."


class FileRefused(DomainError):
    """A file that is not taken in. The message says why and what to send instead."""


class FileKind(StrEnum):
    """What a file is asked for as."""

    SPREADSHEET = "spreadsheet"
    IMAGE = "image"
    PDF = "pdf"


_KIND_NAMES = {
    FileKind.SPREADSHEET: "lembar kerja (.xlsx atau .csv)",
    FileKind.IMAGE: "gambar (PNG, JPEG, WebP, atau GIF)",
    FileKind.PDF: "PDF",
}


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that passed. `extension` (no dot) and `media_type` come from the content."""

    kind: FileKind
    extension: str
    media_type: str
    data: bytes = field(repr=False)


def refuse_oversize(size: int, limit: int = MAX_BYTES) -> None:
    """Raise FileRefused for a size in bytes above the limit: ask before downloading."""
    if size > limit:
        megabytes = f"{size / 1024 / 1024:.1f}".replace(".", ",")
        raise FileRefused(
            f"Ukuran file {megabytes} MB, paling besar {limit // 1024 // 1024} MB. "
            "Perkecil atau bagi menjadi beberapa file."
        )


def check_upload(data: bytes, allowed: Collection[FileKind], limit: int = MAX_BYTES) -> CheckedFile:
    """Tell what the file is from its content and make sure it is safe to open.

    Takes up to about a second for the largest pictures: call it off the event loop. Raises FileRefused for anything
    that isn't one of the `allowed` kinds, is larger than `limit` bytes, damaged, or built to blow up when opened.
    A PDF is known by its frame only: it may hold scripts, so it is handed on, never opened here.
    """
    refuse_oversize(len(data), limit)
    if not data.strip(b"\0 \t\r\n"):
        raise FileRefused("File ini kosong. Kirim file yang ada isinya.")
    kind = _kind_by_signature(data)
    if kind is None or kind not in allowed:
        if FileKind.IMAGE in allowed and data[4:8] == b"ftyp" and data[8:12] in _IPHONE_PHOTOS:
            raise FileRefused(
                "Foto iPhone (.heic) belum bisa dibaca. Kirim tangkapan layar, atau ubah dulu fotonya ke JPEG."
            )
        wanted = " atau ".join(_KIND_NAMES[kind] for kind in FileKind if kind in allowed)
        raise FileRefused(f"Jenis file ini tidak bisa dipakai. Kirim {wanted}.")
    if kind is FileKind.IMAGE:
        return _checked_image(data)
    return _checked_pdf(data) if kind is FileKind.PDF else _checked_spreadsheet(data)


def clean_image(file: CheckedFile, longest_side: int = 2_000) -> CheckedFile:
    """The picture drawn anew: upright, at most `longest_side` pixels, without place or camera data or anything else.

    JPEG stays JPEG; the others become PNG (the first frame of an animation).
    """
    with _open_image(file.data) as image:
        image.load()
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((longest_side, longest_side))
        as_jpeg = file.extension == "jpg"
        has_alpha = "A" in upright.getbands() or "transparency" in upright.info
        pixels = upright.convert("RGBA" if has_alpha and not as_jpeg else "RGB")
        pixels.info.clear()
        out = io.BytesIO()
        if as_jpeg:
            pixels.save(out, "JPEG", quality=88, optimize=True)
        else:
            pixels.save(out, "PNG", optimize=True)
    extension, media_type = _IMAGE_FORMATS["JPEG" if as_jpeg else "PNG"]
    return CheckedFile(FileKind.IMAGE, extension, media_type, out.getvalue())


def decode_text(data: bytes) -> str:
    """Text as spreadsheet programs save it: UTF-8 or UTF-16 with or without a mark, else Windows-1252.

    Raises FileRefused for bytes that are no text.
    """
    try:
        text = data.decode(_encoding(data))
    except UnicodeDecodeError:
        raise FileRefused("Tulisan di file ini tidak terbaca. Simpan ulang sebagai CSV UTF-8 atau .xlsx.") from None
    if any(ord(character) < 32 and character not in "\t\r\n\f\v" for character in set(text)):
        raise FileRefused("File ini bukan teks CSV. Simpan ulang sebagai CSV UTF-8 atau .xlsx.")
    return text


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    start = data[:1_000]
    if len(start) >= 4 and start.count(0) >= len(start) * 0.3:
        # Half the bytes of Latin text in UTF-16 are zero: the second of each pair when little-endian.
        return "utf-16-le" if start[1::2].count(0) > start[0::2].count(0) else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _kind_by_signature(data: bytes) -> FileKind | None:
    """What the first bytes promise; text of any sort may turn out to be a CSV."""
    if data.startswith(b"%PDF-"):
        return FileKind.PDF
    riff_webp = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    if riff_webp or data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")):
        return FileKind.IMAGE
    if data.startswith(_OTHER_BINARIES) or data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"<", b"{", b"["):
        return None
    return FileKind.SPREADSHEET


def _checked_spreadsheet(data: bytes) -> CheckedFile:
    if data.startswith(b"PK"):
        _check_workbook(data)
        return CheckedFile(FileKind.SPREADSHEET, "xlsx", _XLSX_TYPE, data)
    if data.startswith(_OLD_OFFICE):
        raise FileRefused("Ini file Office lama atau terkunci kata sandi. Simpan ulang sebagai .xlsx tanpa kata sandi.")
    decode_text(data)
    return CheckedFile(FileKind.SPREADSHEET, "csv", "text/csv", data)


def _checked_pdf(data: bytes) -> CheckedFile:
    if b"%%EOF" not in data[-2_048:]:
        raise FileRefused("PDF ini tidak utuh. Unduh atau simpan ulang, lalu kirim lagi.")
    return CheckedFile(FileKind.PDF, "pdf", "application/pdf", data)


def _checked_image(data: bytes) -> CheckedFile:
    try:
        with _open_image(data) as image:
            image_format = str(image.format)
            image.verify()
        with _open_image(data) as image:
            image.load()
    except FileRefused:
        raise
    except Image.DecompressionBombError:
        raise FileRefused(_TOO_MANY_PIXELS) from None
    except Exception:
        # The decoders answer damaged pictures with whatever error they stumble over.
        raise FileRefused("Gambar ini rusak atau tidak utuh. Kirim ulang, atau ambil tangkapan layar baru.") from None
    extension, media_type = _IMAGE_FORMATS[image_format]
    return CheckedFile(FileKind.IMAGE, extension, media_type, data)


def _open_image(data: bytes) -> Image.Image:
    """The picture, its header read and its size within bounds, its pixels not yet."""
    image = Image.open(io.BytesIO(data), formats=tuple(_IMAGE_FORMATS))
    if image.width * image.height > MAX_PIXELS:
        raise FileRefused(_TOO_MANY_PIXELS)
    return image


def _check_workbook(data: bytes) -> None:
    """Refuse archives that are no plain XLSX or unpack to far more than they weigh, before anything opens them.

    Reading a member never yields more than the size its directory entry declares, so the declared sizes are enough.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise FileRefused(
            "File ini rusak. Buka di Excel atau Google Sheets, lalu simpan ulang sebagai .xlsx."
        ) from None
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names:
        raise FileRefused("File ini bukan lembar kerja .xlsx. Simpan ulang sebagai .xlsx atau .csv.")
    if any("vbaproject" in name.lower() or name.lower().startswith("xl/macrosheets/") for name in names):
        raise FileRefused("Lembar kerja ini berisi makro. Simpan ulang sebagai .xlsx biasa (tanpa makro).")
    if any(member.flag_bits & 0x1 for member in members):
        raise FileRefused("Lembar kerja ini terkunci kata sandi. Simpan ulang tanpa kata sandi.")
    odd_names = any(name.startswith(("/", "\\")) or ":" in name or ".." in name.split("/") for name in names)
    bloated = any(
        member.file_size > max(_RATIO_MATTERS_FROM, member.compress_size * MAX_ZIP_RATIO) for member in members
    )
    if odd_names or bloated or len(members) > MAX_ZIP_MEMBERS or len(members) != len(names):
        raise FileRefused("Lembar kerja ini tidak wajar isinya, jadi tidak dibuka. Salin isinya ke lembar baru.")
    if sum(member.file_size for member in members) > MAX_UNZIPPED_BYTES:
        raise FileRefused(
            "Lembar kerja ini terlalu besar setelah dibuka. Hapus gambar dan baris kosong berformat, atau bagi menjadi "
            "beberapa file, paling banyak 20.000 baris tiap file."
        )
