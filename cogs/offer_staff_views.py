"""How offers look to staff, in ephemeral answers: amounts are shown nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from discord.utils import escape_markdown

from bot.offers import messages
from bot.offers.models import Offer, OfferAct, OfferDetail, OfferState, OfferView, Step
from bot.offers.reading import reward_text
from bot.offers.rules import is_open_for_answers
from bot.platform.indonesian import format_date, format_rupiah
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Select, custom_id
from bot.platform.palette import PRIMARY, WARNING
from cogs.offer_views import COLOURS, counter_fields, terms_fields

_STEPS_SHOWN = 8
_STEPS = {
    OfferAct.DRAFT: "Draf dibuat",
    OfferAct.CHANGE: "Draf diubah",
    OfferAct.SEND: "Dikirim",
    OfferAct.DISCARD: "Draf dibuang",
    OfferAct.ACCEPT: "Diterima kreator",
    OfferAct.DECLINE: "Ditolak kreator",
    OfferAct.COUNTER: "Kreator mengusulkan",
    OfferAct.TAKE_COUNTER: "Usulan disetujui",
    OfferAct.REFUSE_COUNTER: "Usulan ditolak, tawaran semula berlaku",
    OfferAct.WITHDRAW: "Ditarik tim",
    OfferAct.EXPIRE: "Lewat batas jawab",
}


def take_question(offer: Offer) -> str:
    """Asked staff once before they agree to a counter-offer."""
    assert offer.counter is not None
    reward = reward_text(offer.counter.fee, offer.terms.extra)
    return (
        f"Setujui usulan kreator: imbalan **{escape_markdown(reward)}**, tayang paling lambat "
        f"**{format_date(offer.counter.posts_on)}**? Kreator langsung dikabari."
    )


def listing(views: Sequence[OfferView], counts: Mapping[OfferState, int], heading: str) -> Message:
    """Offers for staff."""
    total = sum(counts.values())
    tally = " · ".join(f"{state.indonesian}: {counts[state]}" for state in OfferState if counts.get(state))
    fields = [
        Field(
            f"{view.offer.id}. {view.account} · {view.offer.state.indonesian}"[:256],
            f"{escape_markdown(view.offer.terms.project)} · "
            f"{escape_markdown(reward_text(view.offer.terms.fee, view.offer.terms.extra))}\n{_since(view.offer)}",
            inline=False,
        )
        for view in views
    ]
    options = [
        Option(
            str(view.offer.id),
            f"{view.offer.id}. {view.account}",
            f"{view.offer.state.indonesian} · {view.offer.terms.project}",
        )
        for view in views
    ]
    empty = "Belum ada tawaran di sini. Tandai kreator terpilih di /shortlist keputusan, lalu tekan Buat tawaran."
    return Message(
        title=f"{total} tawaran{heading}"[:256],
        description=tally or empty,
        colour=WARNING if counts.get(OfferState.COUNTERED) else PRIMARY,
        fields=fields,
        selects=[Select(custom_id("offer:pick"), "Buka tawaran", options)] if options else [],
    )


def to_staff(detail: OfferDetail, now: int, note: str = "") -> Message:
    """One offer in full, with what staff can do."""
    offer = detail.offer
    to = f"<@{offer.member_id}>" if offer.member_id else ""
    if offer.state is OfferState.DRAFT:
        to = f"<@{detail.creator.member_id}>, lewat DM" if detail.creator.member_id else ""
    fields = [
        Field("Status", offer.state.indonesian),
        Field("Kreator", f"{escape_markdown(detail.account)}\n{to or 'Tanpa Discord: jawaban dicatat tim'}"),
        *terms_fields(offer),
        *counter_fields(offer, "Usulan kreator"),
    ]
    if offer.reason:
        fields.append(Field("Alasan", escape_markdown(offer.reason), inline=False))
    fields.append(Field("Riwayat", "\n".join(map(_step, detail.steps[-_STEPS_SHOWN:]))[:1024] or "-", inline=False))
    return Message(
        content=note,
        title=f"Tawaran {offer.id}: {offer.terms.project}"[:256],
        description=_next_of_staff(detail, now),
        colour=COLOURS[offer.state],
        fields=fields,
        buttons=[*_staff_acts(offer), [messages.decisions_button(offer.shortlist_id)]],
        footer="Berisi fee: jangan diteruskan ke channel.",
    )


def letter(view: OfferView) -> Message:
    """The text for a creator without Discord."""
    terms = view.offer.terms
    text = messages.letter(view, reward_text(terms.fee, terms.extra))
    return Message(
        title="Salin untuk kreator",
        description=(
            f"Kirim lewat jalur biasa (WhatsApp, email), lalu catat jawabannya.\n```\n{text.replace('```', '')}\n```"
        ),
        colour=PRIMARY,
        buttons=[[messages.staff_button(view.offer)]],
    )


def _next_of_staff(detail: OfferDetail, now: int) -> str:
    offer = detail.offer
    if offer.state is OfferState.DRAFT:
        return "**Belum dikirim.** Periksa isinya, lalu tekan Kirim tawaran."
    if offer.state is OfferState.ACCEPTED:
        return "**Menunggu SPK.** Siapkan surat perjanjiannya dari kesepakatan di bawah."
    if is_open_for_answers(offer, now):
        return f"Menunggu jawaban sampai <t:{offer.terms.reply_by}:F> (<t:{offer.terms.reply_by}:R>)."
    return "**Giliran tim menjawab usulan kreator.**" if offer.state is OfferState.COUNTERED else ""


def _staff_acts(offer: Offer) -> list[list[Button]]:
    ids = (offer.id, offer.version)
    withdraw = Button(custom_id("offer:withdraw", *ids), "Tarik tawaran", ButtonStyle.DANGER)
    note = Button(custom_id("offer:note", *ids), "Catat jawaban")
    match offer.state:
        case OfferState.DRAFT:
            return [
                [
                    Button(custom_id("offer:send", *ids), "Kirim tawaran", ButtonStyle.SUCCESS),
                    Button(custom_id("offer:edit", *ids), "Ubah"),
                    Button(custom_id("offer:discard", *ids), "Buang draf", ButtonStyle.DANGER),
                ]
            ]
        case OfferState.SENT:
            copy = [] if offer.member_id else [Button(custom_id("offer:letter", offer.id), "Salin teks tawaran")]
            return [[note, *copy, withdraw]]
        case OfferState.COUNTERED:
            return [
                [
                    Button(custom_id("offer:take", *ids), "Setujui usulan", ButtonStyle.SUCCESS),
                    Button(custom_id("offer:refuse", *ids), "Tolak usulan"),
                    withdraw,
                ]
            ]
        case OfferState.ACCEPTED:
            return [[withdraw]]
        case OfferState.DISCARDED:
            return []
        case _:
            again = custom_id("offer:new", offer.shortlist_id, offer.creator_id)
            return [[Button(again, "Tawarkan lagi", ButtonStyle.PRIMARY)]]


def _since(offer: Offer) -> str:
    if offer.state is OfferState.SENT:
        return f"Jawab sebelum <t:{offer.terms.reply_by}:f> (<t:{offer.terms.reply_by}:R>)"
    return f"<t:{offer.ended_at or offer.sent_at or offer.created_at}:f>"


def _step(step: Step) -> str:
    by = f" oleh <@{step.actor_id}>" if step.actor_id else ""
    hand = ", dicatat tim" if step.by_hand else ""
    asked = ""
    if step.act is OfferAct.COUNTER:
        fee = f"{format_rupiah(step.fee)}, " if step.fee else ""
        asked = f": {fee}{format_date(step.posts_on, weekday=False)}"
    reason = f" ({escape_markdown(step.reason[:80])})" if step.reason else ""
    return f"<t:{step.at}:f> {_STEPS[step.act]}{asked}{hand}{by}{reason}"
