"""What is said about a giveaway where it is posted by itself: the post, the winners, notes for staff."""

from collections.abc import Sequence
from dataclasses import replace

from bot.giveaways.models import Giveaway, GiveawaySpec, GiveawayState, Legal, LegalKind, Pick
from bot.giveaways.rules import requirement_lines
from bot.platform.deadlines import write_deadline
from bot.platform.indonesian import format_number, format_rupiah
from bot.platform.messages import (
    Button,
    ButtonStyle,
    Document,
    Field,
    Message,
    Picture,
    custom_id,
    from_json,
)
from bot.platform.palette import NEUTRAL, PRIMARY, SUCCESS, WARNING
from bot.platform.text import bulleted
from bot.prizes.messages import names_amount
from bot.prizes.messages import prize_text as prize_name
from bot.prizes.models import Prize

# Shown to staff at creation; rates and laws change, and the bot gives no advice.
LEGAL = (
    "**Undian gratis berhadiah** (pemenang ditentukan nasib) butuh izin Kementerian Sosial (UU 22/1954, Permensos "
    "4/2021), dan hadiahnya kena PPh final 25% (PP 132/2000).\n**Kontes** (pemenang ditentukan kemampuan) tidak "
    "termasuk aturan undian; pajak hadiahnya PPh 21.\nPeriksa dengan legal dan finance sebelum dibuka. Bot hanya "
    "mengingatkan dan mencatat pilihanmu."
)
SCRIPT = "verify_draw.py"
# Discord takes 10 MiB a file; a hash takes 68 bytes in the file, or 36.7 when it is packed.
PLAIN_ENTRIES = 100_000
# A longer list is posted in files of so many entries each, about 8 MB packed.
LISTED_ENTRIES = 220_000


def prize_text(spec: GiveawaySpec) -> str:
    """`Pulsa (Rp 50.000) untuk 3 pemenang`."""
    worth = _worth(spec)
    each = " per pemenang" if spec.amount and not worth and spec.winners > 1 and "per " not in spec.prize else ""
    return f"**{spec.prize}**{f' ({worth})' if worth else each} untuk **{spec.winners} pemenang**"


def _worth(spec: GiveawaySpec) -> str:
    """The money for each winner; empty for goods and where the prize names it."""
    if spec.amount is None or names_amount(Prize(spec.prize, spec.amount)):
        return ""
    return f"{format_rupiah(spec.amount)} per pemenang"


def legal_text(legal: Legal | None) -> str:
    """Staff's recorded choice."""
    if legal is None:
        return "Belum dipilih"
    permit = f"izin {legal.permit}" if legal.permit else "nomor izin belum dicatat"
    return legal.kind.indonesian + (f", {permit}" if legal.kind is LegalKind.DRAW or legal.permit else "")


def post(giveaway: Giveaway, count: int) -> Message:
    """The post in its channel, as the giveaway stands, with `count` entries."""
    spec, state = giveaway.spec, giveaway.state
    ended = state in (GiveawayState.ENDED, GiveawayState.CANCELLED)
    end = f"<t:{spec.ends_at}:F>\n<t:{spec.ends_at}:R>" if spec.ends_at else _length(spec)
    if ended:
        end = f"**{state.indonesian}** <t:{giveaway.ended_at}:f>"
    fields = [
        Field("Peserta", format_number(count)),
        Field("Berakhir", end),
        Field("Syarat", bulleted(requirement_lines(spec.requirements)), inline=False),
    ]
    if giveaway.commitment:
        sealed = f"Komitmen undian, mengunci seed rahasia, jumlah pemenang, dan aturannya:\n`{giveaway.commitment}`"
        how = "Catat komitmennya. Cara periksa: /giveaway verifikasi"
        fields.append(Field("Undian bisa kamu periksa", f"{sealed}\n{how}", inline=False))
    own = Button(custom_id("giveaway:code", giveaway.id), "Kode undianku")
    buttons = [
        Button(custom_id("giveaway:join", giveaway.id), "Ikut", ButtonStyle.SUCCESS, "🎁"),
        Button(custom_id("giveaway:leave", giveaway.id), "Keluar"),
        own,
    ]
    if ended:
        buttons = [own, Button(custom_id("giveaway:verify", giveaway.id), "Periksa undian")]
    message = Message(
        title=spec.title,
        description=prize_text(spec),
        colour=NEUTRAL if ended else PRIMARY,
        fields=fields,
        footer=f"Giveaway {giveaway.id} · satu anggota satu entri",
        buttons=[buttons] if state is not GiveawayState.CANCELLED else [],
        picture=Picture("giveaway", _card_facts(giveaway), f"giveaway-{giveaway.id}.png"),
    )
    return _with_extra(message, from_json(giveaway.extra)) if giveaway.extra else message


def winners(giveaway: Giveaway, picks: Sequence[Pick], reason: str | None = None) -> Message:
    """Who has won, with the picture and the draw file. `reason`: why it was drawn again; None for the first draw."""
    spec, count = giveaway.spec, giveaway.entry_count or 0
    # A hundred winners must fit into one embed; their entries are in the file and in /giveaway verifikasi.
    hashes = len(picks) <= 50
    mentions = "\n".join(
        f"{pick.number}. <@{pick.member_id}>" + (f" · `{pick.entry_hash[:12]}…`" if hashes else "") for pick in picks
    )
    if not picks:
        return Message(
            title=f"{spec.title}: tidak ada pemenang",
            description="Tidak ada yang ikut sampai giveaway berakhir. Sampai ketemu di giveaway berikutnya!",
            colour=NEUTRAL,
            footer=f"Giveaway {giveaway.id}",
        )
    head = f"Diundi ulang: {reason}\n\n" if reason else ""
    fields = [
        Field("Hadiah", prize_text(spec), inline=False),
        Field("Entri", format_number(count)),
        Field("Ambil hadiah", f"Lewat pesan pribadi dari bot, paling lama {spec.claim_days} hari"),
        Field("Periksa sendiri", _how_to_check(giveaway), inline=False),
    ]
    return Message(
        content="🎉 Selamat!",
        title=f"{'Pemenang pengganti' if reason else 'Pemenang'}: {spec.title}"[:256],
        description=f"{head}{mentions}"[:4_000],
        colour=SUCCESS,
        fields=fields,
        footer=f"Giveaway {giveaway.id} · hash daftar {giveaway.entries_sha256}",
        buttons=[
            [
                Button(custom_id("giveaway:verify", giveaway.id), "Periksa undian", ButtonStyle.PRIMARY),
                Button(custom_id("giveaway:code", giveaway.id), "Kode undianku"),
            ]
        ],
        picture=Picture(
            "giveaway-winners", _winner_facts(giveaway, picks, again=bool(reason)), _picture_name(giveaway)
        ),
        documents=check_documents(giveaway, picks[-1].number),
    )


def check_documents(giveaway: Giveaway, upto: int) -> list[Document]:
    """All that it takes to check the first `upto` picks without the bot: the draw file and the script."""
    return [draw_document(giveaway, upto), Document(SCRIPT, maker="giveaway.script")]


def draw_document(giveaway: Giveaway, upto: int) -> Document:
    """The file with which anyone checks the first `upto` picks; a list too long for it comes in `list_files`."""
    ending = ".json" if (giveaway.entry_count or 0) <= PLAIN_ENTRIES else ".json.gz"
    return Document(
        f"undian-{giveaway.id}{ending}", maker="giveaway.draw", facts={"giveaway": giveaway.id, "upto": upto}
    )


def list_files(giveaway: Giveaway) -> list[str]:
    """The names of the files that an entry list too long for the draw file is posted in; none where it fits."""
    count = giveaway.entry_count or 0
    parts = -(-count // LISTED_ENTRIES) if count > LISTED_ENTRIES else 0
    return [f"undian-{giveaway.id}-daftar-{part}.txt.gz" for part in range(1, parts + 1)]


def entry_list(giveaway: Giveaway, part: int) -> Message:
    """Part `part` (from 1) of a long entry list."""
    files = list_files(giveaway)
    return Message(
        title=f"Daftar entri {part} dari {len(files)}: {giveaway.title}"[:256],
        description="Unduh semua bagian bersama berkas undiannya untuk memeriksa sendiri.",
        colour=NEUTRAL,
        footer=f"Giveaway {giveaway.id} · hash daftar {giveaway.entries_sha256}",
        documents=[Document(files[part - 1], maker="giveaway.list", facts={"giveaway": giveaway.id, "part": part})],
    )


def cancelled(giveaway: Giveaway, joined: int) -> Message:
    """Tells the channel that nothing will be drawn; `joined` had entered."""
    also = f" Entri {format_number(joined)} peserta tidak berlaku lagi." if joined else ""
    return Message(
        title=f"Dibatalkan: {giveaway.title}"[:256],
        description=f"Giveaway ini dibatalkan oleh tim dan tidak diundi.{also} Maaf, ya. Tunggu giveaway berikutnya!",
        colour=NEUTRAL,
        footer=f"Giveaway {giveaway.id}",
    )


def cancelled_for_entrant(giveaway: Giveaway) -> Message:
    """Tells somebody who had joined."""
    where = f" Pantau <#{giveaway.channel_id}> untuk yang berikutnya." if giveaway.channel_id else ""
    return Message(
        title="Giveaway yang kamu ikuti dibatalkan",
        description=(
            f"Maaf, **{giveaway.title}** dibatalkan oleh tim dan tidak diundi. Kamu tidak perlu melakukan apa-apa."
            f"{where}"
        ),
        colour=NEUTRAL,
        footer=f"Giveaway {giveaway.id}",
    )


def short_of_winners(giveaway: Giveaway, missing: int, why: str) -> Message:
    """Tells staff that prizes are left over."""
    return Message(
        title=f"Hadiah tersisa: {giveaway.title}"[:256],
        description=f"{missing} hadiah belum punya pemenang: {why}.",
        colour=WARNING,
        footer=f"Giveaway {giveaway.id}",
    )


def _how_to_check(giveaway: Giveaway) -> str:
    files = list_files(giveaway)
    lists = f" dan {len(files)} berkas daftar entri" if files else ""
    return (
        f"/giveaway verifikasi, atau unduh `{SCRIPT}` dan berkas undiannya{lists}, lalu jalankan "
        f"`{check_command(giveaway)}`"
    )


def check_command(giveaway: Giveaway) -> str:
    """What to type to check a draw by oneself."""
    lists = f" undian-{giveaway.id}-daftar-*.txt.gz" if list_files(giveaway) else ""
    return f"python {SCRIPT} {draw_document(giveaway, 0).filename}{lists} --komitmen {giveaway.commitment}"


def _length(spec: GiveawaySpec) -> str:
    return f"{format_number((spec.lasts or 0) // 3_600)} jam setelah tayang"


def _with_extra(message: Message, extra: Message) -> Message:
    """What the calendar wants said, above the giveaway; its picture takes the place of ours."""
    title = f"**{extra.title}**" if extra.title and extra.title != message.title else ""
    said = "\n\n".join(part for part in (title, extra.description) if part)
    return replace(
        message,
        content=extra.content,
        description="\n\n".join(part for part in (said, message.description) if part),
        picture=extra.picture or message.picture,
        ping_roles=extra.ping_roles,
    )


def _card_facts(giveaway: Giveaway) -> dict[str, object]:
    spec, ended_at = giveaway.spec, giveaway.ended_at
    at = ended_at if ended_at is not None else spec.ends_at
    return {
        "title": spec.title,
        "prize": spec.prize,
        "worth": _worth(spec) if spec.winners > 1 else _worth(spec).removesuffix(" per pemenang"),
        "winners": spec.winners,
        "ends_text": f"{write_deadline(at)} WIB" if at else _length(spec),
        "over": giveaway.state.indonesian if ended_at is not None else "",
    }


def _winner_facts(giveaway: Giveaway, picks: Sequence[Pick], *, again: bool) -> dict[str, object]:
    return {
        "title": giveaway.title,
        "prize": prize_name(Prize(giveaway.spec.prize, giveaway.spec.amount)),
        "names": [pick.name for pick in picks],
        "entries": giveaway.entry_count or 0,
        "list_hash": giveaway.entries_sha256 or "",
        "again": again,
    }


def _picture_name(giveaway: Giveaway) -> str:
    return f"pemenang-{giveaway.id}.png"
