"""How a giveaway is drawn, and the stand-alone check that it was drawn so: `python verify_draw.py FILE ...`.

Only the standard library is used and nothing of the bot is imported, so that anyone can read and run this file alone.
The bot draws with the very functions below. The rule, called tscreator-draw-2 (all texts are ASCII, all hashes
SHA-256 in lower-case hexadecimal, "+" joins texts):

1. At the start the bot draws a secret seed of 32 random bytes and publishes the commitment:
   SHA-256("tscreator-commitment-2|" + giveaway id + "|" + number of winners + "|" + SHA-256(text of the rule) + "|"
   + seed in hexadecimal). So neither the seed nor the number of winners nor the rule can be changed afterwards.
2. An entry is published only as SHA-256("tscreator-entry-1|" + giveaway id + "|" + member id + "|" + code). The code is
   128 random bits that only the bot and the member know ("kode undianmu"), so nobody else can try out member ids.
3. At the end all entry hashes are sorted. The list hash is SHA-256 of the hashes, each followed by one line feed.
4. Winners are picked one after another without putting back. With m entries left, x is the 256-bit big-endian number
   HMAC-SHA256(key = seed, message = list hash + "|" + counter); the counter starts at 0 and goes up by 1 with each x.
   An x at or above the largest multiple of m that is at most 2^256 is thrown away (so no entry is favoured), else the
   winner is number x mod m, from 0, of the entries left in their order.
5. A redraw (prize not claimed, or a reason that staff record) goes on where the picks before it ended.

Giveaways opened by earlier versions of the bot follow tscreator-draw-1: the same but for step 1, where the commitment
is SHA-256 of the seed's bytes. Their files are checked by their own rule.
A list too long for one attachment comes in files of its own, one hash a line: name them all, in any order.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import hmac
import json
import re
import sys
import zlib
from bisect import insort
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn, cast

FORMAT = "tscreator-draw-2"
FIRST_FORMAT = "tscreator-draw-1"
SEED_BYTES = 32
_PICKING = (
    "entri = SHA-256('tscreator-entry-1|id giveaway|id anggota|kode'); daftar = entri diurutkan, "
    "hash-nya SHA-256 dari tiap entri diikuti satu baris baru. Pemenang diambil satu per satu tanpa pengembalian: "
    "dengan m entri tersisa, x = HMAC-SHA256(seed, 'hash daftar|penghitung') sebagai bilangan 256 bit, penghitung "
    "mulai 0 dan naik 1 tiap x; x >= kelipatan m terbesar yang <= 2^256 dibuang, selain itu pemenangnya entri sisa "
    "nomor x mod m (dari 0). Undian ulang melanjutkan urutan yang sama."
)
FIRST_RULE = f"tscreator-draw-1: {_PICKING}"
RULE = (
    "tscreator-draw-2: komitmen = SHA-256('tscreator-commitment-2|id giveaway|jumlah pemenang|SHA-256 teks aturan "
    f"ini|seed'); {_PICKING}"
)
RULES = {FORMAT: RULE, FIRST_FORMAT: FIRST_RULE}
_HASH = re.compile(r"[0-9a-f]{64}")


class Tampered(Exception):
    """The published data does not fit together. The text says what does not."""


class Missing(Exception):
    """The entry list comes in files of its own, and not all of them were given."""

    def __init__(self, files: Sequence[str]) -> None:
        super().__init__(f"Daftar entrinya ada di berkas lain. Sertakan semuanya: {' '.join(files)}")


def commitment_of(seed: bytes, giveaway_id: int, winners: int) -> str:
    """What is published before anyone can join: it fixes seed, number of winners and rule."""
    rule = hashlib.sha256(RULE.encode()).hexdigest()
    told = f"tscreator-commitment-2|{giveaway_id}|{winners}|{rule}|{seed.hex()}"
    return hashlib.sha256(told.encode()).hexdigest()


def first_commitment_of(seed: bytes) -> str:
    """What earlier versions published (tscreator-draw-1)."""
    return hashlib.sha256(seed).hexdigest()


def entry_hash(giveaway_id: int, member_id: int, code: str) -> str:
    """What is published of an entry."""
    return hashlib.sha256(f"tscreator-entry-1|{giveaway_id}|{member_id}|{code}".encode()).hexdigest()


def list_hash(entries: Sequence[str]) -> str:
    """The hash of the sorted entry list; of nothing when it is empty."""
    return hashlib.sha256("".join(f"{entry}\n" for entry in entries).encode()).hexdigest()


def numbers(seed: bytes, entries_sha256: str) -> Iterator[int]:
    """The endless row of 256-bit numbers that a seed and a list give."""
    counter = 0
    while True:
        digest = hmac.new(seed, f"{entries_sha256}|{counter}".encode(), hashlib.sha256).digest()
        yield int.from_bytes(digest, "big")
        counter += 1


def below(limit: int, source: Iterator[int], bits: int = 256) -> int:
    """The next number under `limit`, each equally likely when the source's `bits`-bit numbers are."""
    fair = (1 << bits) // limit * limit
    return next(x for x in source if x < fair) % limit


def picks(seed: bytes, entries_sha256: str, total: int, wanted: int, bits: int = 256) -> list[int]:
    """The positions (from 0) in the sorted list of the first `wanted` picks, in order; all when there are fewer.

    The first picks of a longer row are those of a shorter one, which is what lets redraws go on.
    """
    source = numbers(seed, entries_sha256)
    chosen: list[int] = []
    taken: list[int] = []
    for gone in range(min(wanted, total)):
        position = below(total - gone, source, bits)
        # From "number among those left" to "number in the list": step over each pick at or before it.
        for earlier in taken:
            if earlier > position:
                break
            position += 1
        insort(taken, position)
        chosen.append(position)
    return chosen


def verify(draw: Any, published_commitment: str | None = None) -> list[str]:
    """The winning entries that the data gives, in order of picking. Raises Tampered when anything does not fit.

    `published_commitment` is the one from the announcement: with it a seed chosen after the entries is caught too.
    """
    if not isinstance(draw, dict):
        raise Tampered("bukan berkas undian tscreator-draw")
    return _verified(cast("dict[str, Any]", draw), published_commitment)


def _verified(draw: dict[str, Any], published_commitment: str | None) -> list[str]:
    name = draw.get("format")
    if not isinstance(name, str) or name not in RULES:
        raise Tampered("bukan berkas undian tscreator-draw")
    if draw.get("rule") != RULES[name]:
        raise Tampered(f"teks aturan bukan aturan {name}")
    if any(type(draw.get(number)) is not int for number in ("giveaway", "winners", "entry_count")):
        raise Tampered("isi berkas tidak lengkap")
    try:
        seed, picked = bytes.fromhex(draw["seed"]), cast("list[dict[str, Any]]", draw["picks"])
        commitment, entries_sha256, count = draw["commitment"], draw["entries_sha256"], draw["entry_count"]
        entries = _entries(draw["entries"])
        claimed = [pick["entry"] for pick in picked]
    except (KeyError, TypeError, ValueError):
        raise Tampered("isi berkas tidak lengkap") from None
    if len(seed) != SEED_BYTES or _committed(draw, name, seed) != commitment:
        raise Tampered(_UNCOMMITTED[name])
    if published_commitment is not None and published_commitment.strip().lower() != commitment:
        raise Tampered("komitmen di berkas bukan komitmen yang diumumkan di awal")
    if any(one >= following for one, following in pairwise(entries)):
        raise Tampered("daftar entri tidak urut atau ada yang ganda")
    if len(entries) != count:
        raise Tampered("jumlah entri tidak cocok dengan daftarnya")
    if list_hash(entries) != entries_sha256:
        raise Tampered("hash daftar entri tidak cocok dengan daftarnya")
    drawn = [entries[position] for position in picks(seed, entries_sha256, len(entries), len(claimed))]
    if drawn != claimed:
        raise Tampered("pemenang di berkas bukan pemenang yang dihasilkan seed dan daftar ini")
    _check_first_round(draw, picked)
    return drawn


_UNCOMMITTED = {
    FORMAT: "seed, jumlah pemenang, atau aturan tidak cocok dengan komitmennya",
    FIRST_FORMAT: "seed tidak cocok dengan komitmennya",
}


def _committed(draw: dict[str, Any], name: str, seed: bytes) -> str:
    if name == FIRST_FORMAT:
        return first_commitment_of(seed)
    return commitment_of(seed, draw["giveaway"], draw["winners"])


def _entries(listed: Any) -> list[str]:
    entries = cast("list[Any]", listed)
    if not isinstance(listed, list) or not all(isinstance(one, str) and _HASH.fullmatch(one) for one in entries):
        raise Tampered("daftar entri berisi sesuatu yang bukan hash")
    return entries


def _check_first_round(draw: dict[str, Any], picked: Sequence[dict[str, Any]]) -> None:
    first = sum(1 for pick in picked if pick.get("round") == 1)
    if first != min(draw["winners"], draw["entry_count"]):
        raise Tampered("jumlah pemenang undian pertama tidak sama dengan yang diumumkan")
    if any(pick.get("round") != 1 and not pick.get("reason") for pick in picked):
        raise Tampered("ada undian ulang tanpa alasan")


def read_draw(*raws: bytes) -> Any:
    """The data of a draw file, with the lists from files of their own put in; each packed (.gz) or not.

    Raises Tampered when they can't be read, Missing when a list isn't among them.
    """
    unpacked = [_unpacked(raw) for raw in raws]
    draws = [text for text in unpacked if text.lstrip()[:1] in (b"{", b"[", b'"')]
    parts = sorted(text.decode("ascii", "replace").split() for text in unpacked if text not in draws)
    if len(draws) != 1:
        raise Tampered("harus ada tepat satu berkas undian (.json atau .json.gz) di antaranya")
    try:
        draw = json.loads(draws[0])
    except (ValueError, RecursionError):
        raise Tampered("berkasnya tidak terbaca") from None
    if not isinstance(draw, dict):
        return draw
    found = cast("dict[str, Any]", draw)
    wanted = found.get("entry_files")
    if isinstance(wanted, list) and len(parts) < len(cast("list[Any]", wanted)):
        raise Missing([str(one) for one in cast("list[Any]", wanted)])
    if parts:
        found["entries"] = [entry for part in parts for entry in part]
    return found


def _unpacked(raw: bytes) -> bytes:
    try:
        return gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    except (OSError, EOFError, zlib.error):
        raise Tampered("berkasnya tidak terbaca") from None


def report(draw: Any, published_commitment: str | None, member_id: int | None, code: str | None) -> list[str]:
    """What the check found, in sentences. Raises Tampered."""
    winners = verify(draw, published_commitment)
    lines = [
        f"Giveaway {draw.get('giveaway')}: {draw.get('title')}",
        f"Aturan     : {draw['format']}, {draw['winners']} pemenang",
        f"Entri      : {len(draw['entries'])}",
        f"Hash daftar: {draw['entries_sha256']}",
        f"Komitmen   : {draw['commitment']}",
    ]
    if published_commitment is None:
        lines.append("             (bandingkan dengan pengumuman awal, atau pakai --komitmen)")
    for number, (entry, pick) in enumerate(zip(winners, draw["picks"], strict=True), start=1):
        why = f"  undian ulang: {pick['reason']}" if pick.get("reason") else ""
        lines.append(f"Terundi {number:>3}: {entry}{why}")
    if member_id is not None and code is not None:
        own = entry_hash(int(draw["giveaway"]), member_id, code.strip())
        lines.append(f"Entrimu    : {own}")
        there = "ada di daftar" if own in draw["entries"] else "TIDAK ADA di daftar"
        lines.append(f"             {there}{', terundi' if own in winners else ''}")
    if published_commitment is None:
        lines.append("COCOK: pemenang dihasilkan oleh seed dan daftar di berkas ini.")
    else:
        lines.append("COCOK: pemenang dihasilkan oleh seed yang dikunci komitmen awal, dari daftar di berkas ini.")
    return lines


class _Parser(argparse.ArgumentParser):
    """Says in Indonesian what argparse would say in English."""

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "Cara pakai:", 1)

    def error(self, message: str) -> NoReturn:
        print(f"Perintahnya tidak lengkap atau tidak dikenal. Contoh: {_EXAMPLE}", file=sys.stderr)
        print("Semua pilihan: python verify_draw.py --bantuan", file=sys.stderr)
        raise SystemExit(2)


_EXAMPLE = "python verify_draw.py undian-12.json --komitmen KOMITMEN_DARI_PENGUMUMAN"


def _parser() -> _Parser:
    told = "Periksa undian giveaway TSCreator dari berkas yang diumumkan bot."
    usage = "python verify_draw.py BERKAS [BERKAS ...] [--komitmen K] [--anggota ID --kode KODE]"
    parser = _Parser(description=told, usage=usage, epilog=f"Contoh: {_EXAMPLE}", add_help=False)
    wanted = parser.add_argument_group("yang bisa disebut")
    wanted.add_argument(
        "files",
        metavar="BERKAS",
        type=Path,
        nargs="+",
        help="berkas undian dari pengumuman pemenang, dan berkas daftarnya kalau ada",
    )
    wanted.add_argument("--komitmen", metavar="K", help="komitmen dari pengumuman awal giveaway")
    wanted.add_argument("--anggota", metavar="ID", type=int, help="id Discord-mu, untuk mencari entrimu sendiri")
    wanted.add_argument("--kode", help="kode undianmu")
    wanted.add_argument("-h", "--bantuan", "--help", action="help", help="tampilkan bantuan ini")
    return parser


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "tidak ada. Periksa nama dan foldernya"
    if isinstance(error, IsADirectoryError):
        return "itu folder, bukan berkas"
    if isinstance(error, PermissionError):
        return "tidak boleh dibaca. Pindahkan ke folder lain, misalnya Downloads"
    return f"tidak terbaca ({error.errno})"


def main(arguments: Sequence[str] | None = None) -> int:
    """The program: 0 when everything fits, 1 when it does not, 2 when a file isn't there."""
    asked = _parser().parse_args(arguments)
    try:
        raws = [file.read_bytes() for file in asked.files]
    except OSError as error:
        print(f"Berkas tidak bisa dibuka: {error.filename} {_why(error)}.", file=sys.stderr)
        return 2
    try:
        print("\n".join(report(read_draw(*raws), asked.komitmen, asked.anggota, asked.kode)))
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    except Tampered as found:
        print(f"TIDAK COCOK: {found}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
