"""How offers look to their creator, in ephemeral answers: amounts are shown nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

from discord.utils import escape_markdown

from bot.offers import messages
from bot.offers.models import Offer, OfferAct, OfferDetail, OfferState, OfferView, Step
from bot.offers.reading import reward_text
from bot.offers.rules import is_open_for_answers
from bot.platform.indonesian import format_date
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Select, custom_id
from bot.platform.palette import DANGER, NEUTRAL, PRIMARY, SUCCESS, WARNING

PER_PAGE = 8
_AWAITED = (OfferState.DRAFT, OfferState.SENT, OfferState.EXPIRED)
COLOURS = {
    OfferState.DRAFT: NEUTRAL,
    OfferState.SENT: PRIMARY,
    OfferState.COUNTERED: WARNING,
    OfferState.ACCEPTED: SUCCESS,
    OfferState.DECLINED: DANGER,
    OfferState.EXPIRED: NEUTRAL,
    OfferState.WITHDRAWN: DANGER,
    OfferState.DISCARDED: NEUTRAL,
}


def to_creator(detail: OfferDetail, now: int, note: str = "") -> Message:
    """One's own offer with what can be answered."""
    offer = detail.offer
    fields = [*terms_fields(offer), *counter_fields(offer, "Usulanmu, menunggu jawaban tim")]
    said = _said_by_team(detail.steps)
    if said:
        fields.append(Field("Pesan tim", escape_markdown(said), inline=False))
    return Message(
        content=note,
        title=f"Tawaran: {offer.terms.project}"[:256],
        description=f"Untuk akun **{escape_markdown(detail.account)}**\n\n{_next_of_creator(offer, now)}",
        colour=COLOURS[offer.state],
        fields=fields,
        footer=f"Tawaran {offer.id} · hanya kamu yang melihat pesan ini",
        buttons=_answers(offer, now),
    )


def accept_question(offer: Offer) -> str:
    """Asked once before the yes."""
    terms = offer.terms
    return (
        f"Terima **{escape_markdown(terms.project)}** dengan imbalan "
        f"**{escape_markdown(reward_text(terms.fee, terms.extra))}**, tayang paling lambat "
        f"**{format_date(terms.posts_on)}**? Setelah ini tim menyiapkan SPK."
    )


def mine(views: Sequence[OfferView], total: int, now: int) -> Message:
    """A creator's own offers."""
    waiting = sum(is_open_for_answers(view.offer, now) for view in views)
    fields = [
        Field(
            f"{view.offer.terms.project} · {_state_to_creator(view.offer, now)}"[:256],
            f"{escape_markdown(view.account)}\n{_next_of_creator(view.offer, now)}",
            inline=False,
        )
        for view in views
    ]
    options = [
        Option(str(view.offer.id), view.offer.terms.project, f"{view.account} · {_state_to_creator(view.offer, now)}")
        for view in views
    ]
    empty = "" if views else "Belum ada tawaran untukmu. Lamar kampanye yang buka dengan /kampanye daftar, ya."
    return Message(
        title=f"Tawaranmu ({total})",
        description=f"**{waiting} menunggu jawabanmu.**" if waiting else empty,
        colour=PRIMARY,
        fields=fields,
        selects=[Select(custom_id("offer:choose"), "Buka tawaran", options)] if options else [],
    )


def terms_fields(offer: Offer) -> list[Field]:
    """What stands."""
    terms = offer.terms
    deadline = [Field("Jawab sebelum", f"<t:{terms.reply_by}:f>")] if offer.state in _AWAITED else []
    return [
        Field("Imbalan", escape_markdown(reward_text(terms.fee, terms.extra))),
        Field("Tayang paling lambat", format_date(terms.posts_on)),
        *deadline,
        Field("Lingkup kerja", escape_markdown(terms.scope), inline=False),
    ]


def counter_fields(offer: Offer, name: str) -> list[Field]:
    """What is asked for instead, if anything is."""
    counter = offer.counter
    if counter is None:
        return []
    lines = [
        f"Imbalan: **{escape_markdown(reward_text(counter.fee, offer.terms.extra))}**",
        f"Tayang paling lambat: **{format_date(counter.posts_on)}**",
    ]
    if counter.message:
        lines.append(escape_markdown(counter.message))
    return [Field(name, "\n".join(lines), inline=False)]


def _said_by_team(steps: Sequence[Step]) -> str | None:
    """What staff wrote to the creator with their last act, if that was the last thing that happened."""
    last = steps[-1] if steps else None
    return last.reason if last and last.act in (OfferAct.REFUSE_COUNTER, OfferAct.WITHDRAW) else None


def _next_of_creator(offer: Offer, now: int) -> str:
    if is_open_for_answers(offer, now):
        return f"**Jawab sebelum <t:{offer.terms.reply_by}:F>** (<t:{offer.terms.reply_by}:R>)."
    return {
        OfferState.SENT: f"Batas jawabnya sudah lewat <t:{offer.terms.reply_by}:f>.",
        OfferState.COUNTERED: "Tim sedang melihat usulanmu. Jawabannya kami kirim ke DM.",
        OfferState.ACCEPTED: messages.AFTER_ACCEPTING,
        OfferState.DECLINED: f"Kamu menolaknya <t:{offer.ended_at}:f>. Terima kasih sudah menjawab.",
        OfferState.EXPIRED: (
            f"Batas jawabnya lewat <t:{offer.terms.reply_by}:f>. Masih berminat? Tulis di channel bantuan."
        ),
        OfferState.WITHDRAWN: f"Ditarik tim <t:{offer.ended_at}:f>.",
    }.get(offer.state, "")


def _state_to_creator(offer: Offer, now: int) -> str:
    if offer.state is OfferState.SENT:
        return "Menunggu jawabanmu" if is_open_for_answers(offer, now) else OfferState.EXPIRED.indonesian
    if offer.state is OfferState.COUNTERED:
        return "Usulanmu dilihat tim"
    return "Kamu tolak" if offer.state is OfferState.DECLINED else offer.state.indonesian


def _answers(offer: Offer, now: int) -> list[list[Button]]:
    decline = Button(custom_id("offer:decline", offer.id, offer.version), "Tolak", ButtonStyle.DANGER)
    if is_open_for_answers(offer, now):
        return [
            [
                Button(custom_id("offer:accept", offer.id, offer.version), "Terima", ButtonStyle.SUCCESS),
                Button(custom_id("offer:counter", offer.id, offer.version), "Ajukan perubahan"),
                decline,
            ]
        ]
    if offer.state is OfferState.COUNTERED:
        return [[Button(custom_id("offer:counter", offer.id, offer.version), "Ubah usulan"), decline]]
    return []
