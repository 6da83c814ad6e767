"""From the brand's decision to the answer: what staff and creators do with offers, and what they see."""

from __future__ import annotations

import asyncio

import pytest
from simcord.actors import MemberActor

from bot.offers.models import Choice, Offer, OfferState
from bot.platform.audit import Actor
from bot.platform.database import UnitOfWork
from bot.platform.errors import DomainError, TooLate
from tests.support.campaigns import buttons_of, in_days, press_again
from tests.support.kol import choices_of, keep_the_sheet, shortlist
from tests.support.offers import (
    built,
    day_in,
    decide,
    decisions,
    look,
    open_creator,
    send,
    the_offer,
    write,
)
from tests.support.people import registered_creator
from tests.support.server import Server, message_of, text_of

HOUR = 3_600
DAY = 24 * HOUR
AMOUNTS = ("1.500.000", "1500000", "1,5jt", "2.000.000")


@pytest.fixture
async def staff(server: Server) -> MemberActor:
    await keep_the_sheet(server.services)
    return await server.staff()


@pytest.fixture
async def rara(server: Server, staff: MemberActor) -> MemberActor:
    creator = await registered_creator(server, "rara.makeup", followers=12_000, likes=700, comments=60)
    await built(server, staff)
    return creator


def everything_said(server: Server, *members: MemberActor) -> str:
    """What stands in channels and DMs: what everybody, or anybody's phone, may show."""
    texts = [text_of(one) for name in ("staf-kol", "kampanye", "log-bot") for one in server.messages(name)]
    return "\n".join(texts + [text_of(one) for member in members for one in server.dms(member)])


async def later(server: Server, seconds: float) -> None:
    await server.env.advance_time(seconds)
    await server.env.settle()


async def test_the_brands_answer_on_a_whole_shortlist_is_noted_in_one_form(server: Server, staff: MemberActor) -> None:
    await built(server, staff)
    shown = await decisions(server, staff)
    assert "Belum diputuskan" in text_of(shown)
    ids = {label.split("@")[1].split(" ")[0]: value for label, value in choices_of(message_of(shown)).items()}
    first, second, third = list(ids)[:3]
    asked = await staff.click(message_of(shown), label="Catat keputusan")

    noted = await staff.submit_modal(
        asked,
        {"chosen": [ids[first]], "reserve": [ids[second]], "rejected": [ids[third]], "reason": "Pernah iklan pesaing"},
    )

    assert noted.ephemeral
    text = text_of(noted)
    assert "Terpilih (1)" in text and "Cadangan (1)" in text and "Ditolak (1)" in text
    assert "Pernah iklan pesaing" in text


async def test_decisions_and_their_history_outlive_a_rebuilding(server: Server, staff: MemberActor) -> None:
    shown = await built(server, staff)
    await decide(server, staff, "masavufirda", "Terpilih")
    await decide(server, staff, "masavufirda", "Ditolak", "Brand ganti arah")
    await shortlist(server, staff, "cari", niche="beauty", judul="Yang lain")
    await staff.click(message_of(shown), label="Susun ulang")
    await server.restart()

    person = await open_creator(server, staff, "masavufirda")

    text = text_of(person)
    assert "Keputusan\nDitolak" in text
    assert "Terpilih (versi 1)" in text and "Brand ganti arah" in text
    assert "Terpilih" in buttons_of(message_of(person)) and "Buat tawaran" not in buttons_of(message_of(person))


async def test_a_rejection_without_a_reason_can_be_corrected(server: Server, staff: MemberActor) -> None:
    await built(server, staff)
    refused = await decide(server, staff, "masavufirda", "Ditolak", "  ")
    assert "Tulis alasan brand menolak" in text_of(refused)
    assert "Perbaiki" in buttons_of(message_of(refused))


async def test_an_offer_is_sent_seen_and_accepted(server: Server, staff: MemberActor, rara: MemberActor) -> None:
    agreed: list[Offer] = []

    async def contract(tx: UnitOfWork, offer: Offer) -> None:
        agreed.append(offer)

    server.services.offers.when_accepted(contract)
    draft = await write(server, staff, "rara.makeup")
    assert draft.ephemeral and "Belum dikirim" in text_of(draft) and not server.dms(rara)
    sent = await staff.click(message_of(draft), label="Kirim tawaran")
    await server.env.settle()
    assert "Kreator dikabari lewat DM" in text_of(sent)
    (news,) = server.dms(rara)
    assert "Serum Pagi · Wardah" in text_of(news) and "@rara.makeup (TikTok)" in text_of(news)

    shown = await look(server, rara)
    assert shown.ephemeral
    assert "Rp 1.500.000 + satu set serum" in text_of(shown) and "1 video TikTok 30 detik" in text_of(shown)
    question = await rara.user.click(message_of(shown), label="Terima")
    assert "Rp 1.500.000" in text_of(question)
    done = await rara.user.click(message_of(question), label="Ya, terima tawaran")
    await server.env.settle()

    assert "menunggu SPK" in text_of(done)
    assert (await the_offer(server)).state is OfferState.ACCEPTED
    assert [(one.id, one.terms.fee) for one in agreed] == [(1, 1_500_000)]
    assert "Tawaran diterima" in text_of(server.last("staf-kol"))
    told = everything_said(server, rara)
    assert not any(amount in told for amount in AMOUNTS)
    listed = await rara.slash(server.channel("bantuan"), "tawaran saya")
    assert listed.ephemeral and "Diterima, menunggu SPK" in text_of(listed)


async def test_pressing_twice_accepts_once(server: Server, staff: MemberActor, rara: MemberActor) -> None:
    await send(server, staff, "rara.makeup")
    shown = await look(server, rara)
    question = await rara.user.click(message_of(shown), label="Terima")
    message = message_of(question)
    await rara.user.click(message, label="Ya, terima tawaran")
    again = await press_again(server, rara, "tsc:offer:accept-yes:1:2")
    await server.env.settle()
    assert "sudah kamu terima" in text_of(again)
    assert sum("Tawaran diterima" in text_of(one) for one in server.messages("staf-kol")) == 1
    assert (await the_offer(server)).version == 3


async def test_the_wrong_person_sees_and_does_nothing(server: Server, staff: MemberActor, rara: MemberActor) -> None:
    await send(server, staff, "rara.makeup")
    dodo = await registered_creator(server, "dodo.glow")
    for button in ("see:1", "accept:1:2", "accept-yes:1:2", "decline:1:2", "counter:1:2"):
        shown = await press_again(server, dodo, f"tsc:offer:{button}")
        assert shown.ephemeral and "bukan untukmu" in text_of(shown)
        assert not any(amount in text_of(shown) for amount in AMOUNTS)
    for button in ("open:1", "withdraw:1:2", "note:1:2", "take:1:2", "letter:1"):
        shown = await press_again(server, dodo, f"tsc:offer:{button}")
        assert "hanya untuk Tim KOL" in text_of(shown)
    listed = await dodo.slash(server.channel("bantuan"), "tawaran daftar")
    assert "hanya untuk Tim KOL" in text_of(listed)
    own = await dodo.slash(server.channel("bantuan"), "tawaran saya")
    assert "Belum ada tawaran" in text_of(own)
    assert (await the_offer(server)).state is OfferState.SENT


async def test_a_draft_is_nobodys_offer_yet(server: Server, staff: MemberActor, rara: MemberActor) -> None:
    await write(server, staff, "rara.makeup")
    shown = await press_again(server, rara, "tsc:offer:see:1")
    assert "bukan untukmu" in text_of(shown)


async def test_declining_says_why_and_staff_see_the_reserves(
    server: Server, staff: MemberActor, rara: MemberActor
) -> None:
    await decide(server, staff, "masavufirda", "Cadangan")
    await send(server, staff, "rara.makeup")
    shown = await look(server, rara)
    asked = await rara.user.click(message_of(shown), label="Tolak")
    done = await rara.user.submit_modal(asked, {"kind": ["schedule"], "detail": "lagi mudik"})
    await server.env.settle()

    assert "Tawaran kamu tolak" in text_of(done)
    note = server.last("staf-kol")
    assert "Ada 1 cadangan" in text_of(note) and "mudik" not in text_of(note)
    detail = await staff.click(note, label="Lihat tawaran")
    assert "Jadwalnya tidak cocok: lagi mudik" in text_of(detail)
    again = await staff.click(message_of(detail), label="Tawarkan lagi")
    assert again.modal is not None
    # The refusal is part of what the team knows about the creator.
    remarks = await server.services.shortlists.remarks((await the_offer(server)).creator_id)
    assert "ditolak kreator" in remarks["Riwayat tawaran"][0]


async def test_a_counter_offer_is_taken_over(server: Server, staff: MemberActor, rara: MemberActor) -> None:
    await send(server, staff, "rara.makeup")
    asked = await rara.user.click(message_of(await look(server, rara)), label="Ajukan perubahan")
    sent = await rara.user.submit_modal(
        asked, {"fee": "2jt", "posts_on": day_in(server, 25), "message": "Videonya dua versi"}
    )
    await server.env.settle()
    assert "Usulanmu terkirim" in text_of(sent) and "Rp 2.000.000" in text_of(sent)
    await server.restart()
    note = server.last("staf-kol")
    assert "Usulan perubahan" in text_of(note)
    detail = await staff.click(note, label="Lihat tawaran")
    assert "Videonya dua versi" in text_of(detail)
    question = await staff.click(message_of(detail), label="Setujui usulan")
    done = await staff.click(message_of(question), label="Ya, setujui usulan")
    await server.env.settle()

    assert "Diterima, menunggu SPK" in text_of(done)
    offer = await the_offer(server)
    assert (offer.state, offer.terms.fee) == (OfferState.ACCEPTED, 2_000_000)
    assert "Usulanmu disetujui" in text_of(server.dms(rara)[-1])
    told = everything_said(server, rara)
    assert not any(amount in told for amount in AMOUNTS)


async def test_a_refused_counter_leaves_the_offer_as_it_was(
    server: Server, staff: MemberActor, rara: MemberActor
) -> None:
    await send(server, staff, "rara.makeup")
    asked = await rara.user.click(message_of(await look(server, rara)), label="Ajukan perubahan")
    await rara.user.submit_modal(asked, {"fee": "2jt", "posts_on": "", "message": ""})
    await server.env.settle()
    # It is the team's turn, so the deadline does not run; they are reminded.
    await later(server, 4 * DAY)
    assert "belum dijawab" in text_of(server.last("staf-kol"))
    detail = await staff.click(server.last("staf-kol"), label="Lihat tawaran")
    asked = await staff.click(message_of(detail), label="Tolak usulan")
    await staff.submit_modal(asked, {"reason": "Anggarannya sudah pas"})
    await server.env.settle()

    assert "tawaran semula masih berlaku" in text_of(server.dms(rara)[-1])
    shown = await look(server, rara)
    assert "Anggarannya sudah pas" in text_of(shown) and "Rp 1.500.000" in text_of(shown)
    question = await rara.user.click(message_of(shown), label="Terima")
    await rara.user.click(message_of(question), label="Ya, terima tawaran")
    offer = await the_offer(server)
    assert (offer.state, offer.terms.fee) == (OfferState.ACCEPTED, 1_500_000)


async def test_no_answer_is_reminded_once_and_expires_also_while_the_bot_is_off(
    server: Server, staff: MemberActor, rara: MemberActor
) -> None:
    await send(server, staff, "rara.makeup")
    await later(server, 2 * DAY + HOUR)
    assert [text_of(one).splitlines()[0] for one in server.dms(rara)] == [
        "Ada tawaran kerja sama untukmu",
        "Tawaranmu belum dijawab",
    ]
    shown = await look(server, rara)
    await server.restart(off_for=2 * DAY)
    await server.env.settle()

    assert (await the_offer(server)).state is OfferState.EXPIRED
    assert "Batas jawab tawaran sudah lewat" in text_of(server.dms(rara)[-1])
    assert "Tawaran tidak dijawab" in text_of(server.last("staf-kol"))
    late = await rara.user.click(message_of(shown), label="Terima")
    assert "sudah lewat" in text_of(late)
    told = [text_of(one) for one in server.dms(rara)]
    assert sum("Batas jawab tawaran sudah lewat" in one for one in told) == 1


async def test_staff_withdraw_an_offer_and_the_creator_reads_why(
    server: Server, staff: MemberActor, rara: MemberActor
) -> None:
    sent = await send(server, staff, "rara.makeup")
    shown = await look(server, rara)
    asked = await staff.click(message_of(sent), label="Tarik tawaran")
    await staff.submit_modal(asked, {"reason": "Brand menunda"})
    await server.env.settle()

    assert "Tawaran ditarik" in text_of(server.dms(rara)[-1])
    late = await rara.user.click(message_of(shown), label="Terima")
    assert "ditarik tim" in text_of(late)
    assert "Brand menunda" in text_of(await look(server, rara))
    # The way is free again.
    person = await open_creator(server, staff, "rara.makeup")
    assert "Tawarkan lagi" in buttons_of(message_of(person))


async def test_a_creator_without_discord_is_asked_elsewhere_and_staff_note_the_answer(
    server: Server, staff: MemberActor
) -> None:
    await built(server, staff)
    sent = await send(server, staff, "masavufirda")
    assert "tanpa Discord" in text_of(sent)
    letter = await staff.click(message_of(sent), label="Salin teks tawaran")
    assert letter.ephemeral and "Imbalan: Rp 1.500.000" in text_of(letter)
    asked = await staff.click(message_of(sent), label="Catat jawaban")
    await staff.submit_modal(asked, {"answer": ["counter"], "fee": "1,8jt", "posts_on": "", "reason": "Lewat WhatsApp"})
    detail = await press_again(server, staff, "tsc:offer:open:1")
    assert "dicatat tim" in text_of(detail) and "Rp 1.800.000" in text_of(detail)
    question = await staff.click(message_of(detail), label="Setujui usulan")
    await staff.click(message_of(question), label="Ya, setujui usulan")

    offer = await the_offer(server)
    assert (offer.state, offer.terms.fee, offer.member_id) == (OfferState.ACCEPTED, 1_800_000, None)


async def test_whose_answer_staff_noted_is_told_so(server: Server, staff: MemberActor, rara: MemberActor) -> None:
    sent = await send(server, staff, "rara.makeup")
    asked = await staff.click(message_of(sent), label="Catat jawaban")
    await staff.submit_modal(asked, {"answer": ["accept"], "fee": "", "posts_on": "", "reason": ""})
    await server.env.settle()
    assert "Tim mencatat jawabanmu" in text_of(server.dms(rara)[-1])
    assert "kamu menerima tawarannya" in text_of(server.dms(rara)[-1])


async def test_only_chosen_creators_get_one_offer_at_a_time(
    server: Server, staff: MemberActor, rara: MemberActor
) -> None:
    creator_id = (await server.services.creators.accounts_of(rara.id))[0].id
    early = await press_again(server, staff, f"tsc:offer:new:1:{creator_id}")
    assert "Tandai terpilih dulu" in text_of(early)
    await send(server, staff, "rara.makeup")
    second = await press_again(server, staff, f"tsc:offer:new:1:{creator_id}")
    assert "Sudah ada tawaran" in text_of(second)
    person = await open_creator(server, staff, "rara.makeup")
    refused = await staff.click(message_of(person), label="Ditolak")
    assert "Tarik tawarannya dulu" in text_of(refused)


async def test_a_blacklisted_creator_is_not_offered_anything(
    server: Server, staff: MemberActor, rara: MemberActor
) -> None:
    draft = await write(server, staff, "rara.makeup")
    creator_id = (await server.services.creators.accounts_of(rara.id))[0].id
    async with server.services.database.unit() as tx:
        await tx.execute(
            "INSERT INTO creator_blacklist (creator_id, reason, listed_at) VALUES (:id, 'Tidak mengirim konten', 1)",
            {"id": creator_id},
        )
    refused = await staff.click(message_of(draft), label="Kirim tawaran")
    assert "daftar hitam (Tidak mengirim konten)" in text_of(refused)
    assert not server.dms(rara)


async def test_a_form_with_mistakes_comes_back_filled_in(server: Server, staff: MemberActor, rara: MemberActor) -> None:
    refused = await write(server, staff, "rara.makeup", reward="nanti", posts_on="kapan-kapan")
    assert "Imbalan:" in text_of(refused) and "Tayang paling lambat:" in text_of(refused)
    fixed = await staff.click(message_of(refused), label="Perbaiki")
    assert fixed.modal is not None


async def test_staff_see_all_offers_what_waits_for_them_first(
    server: Server, staff: MemberActor, rara: MemberActor
) -> None:
    await send(server, staff, "rara.makeup")
    asked = await rara.user.click(message_of(await look(server, rara)), label="Ajukan perubahan")
    await rara.user.submit_modal(asked, {"fee": "2jt", "posts_on": "", "message": ""})
    await send(server, staff, "masavufirda", reply_by=in_days(server, 2))
    listed = await staff.slash(server.channel("staf-kol"), "tawaran daftar")
    assert listed.ephemeral
    text = text_of(listed)
    assert text.index("rara.makeup") < text.index("masavufirda")
    only = await staff.slash(server.channel("staf-kol"), "tawaran daftar", status="countered", shortlist="Serum Pagi")
    assert "masavufirda" not in text_of(only)


async def test_two_at_the_same_moment_leave_one_outcome(server: Server, staff: MemberActor, rara: MemberActor) -> None:
    await send(server, staff, "rara.makeup")
    services = server.services
    outcomes = await asyncio.gather(
        services.offer_answers.accept(Actor(rara.id), 1, 2),
        services.offers.withdraw(Actor(staff.id), 1, 2, "Brand menunda"),
        services.offer_answers.accept(Actor(rara.id), 1, 2),
        return_exceptions=True,
    )
    assert sum(isinstance(one, Offer) for one in outcomes) == 1
    assert all(isinstance(one, (Offer, TooLate)) for one in outcomes)
    creator_id = (await the_offer(server)).creator_id
    other = next(one for one in (await services.decisions.overview(1)).people if one.creator.id != creator_id)
    both = await asyncio.gather(
        services.decisions.decide(Actor(staff.id), 1, other.creator.id, 0, Choice.CHOSEN, ""),
        services.decisions.decide(Actor(99), 1, other.creator.id, 0, Choice.RESERVE, ""),
        return_exceptions=True,
    )
    assert sum(isinstance(one, DomainError) for one in both) == 1
