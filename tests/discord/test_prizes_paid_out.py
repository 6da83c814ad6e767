"""From winning to the money: the winner's number goes round Discord, finance pays, each is told once."""

from pathlib import Path

import pytest
from simcord.actors import MemberActor

from bot.platform import audit
from bot.platform.deadlines import write_deadline
from bot.prizes.models import PayoutState, Prize, PrizeSource
from bot.settings import Settings
from tests.conftest import make_settings
from tests.support.campaigns import buttons_of, press_again
from tests.support.private_web import ADDRESS, browser, delivered, form_token, link_of, pass_time
from tests.support.registering import screenshot
from tests.support.server import Server, message_of, text_of

DAY = 86_400
NUMBER = "0812-3456-7890"
TYPED = {"wallet": "gopay", "number": NUMBER, "name": "Raka Pratama"}
PRIZE = Prize("Saldo GoPay", 25_000)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """With an address at which people reach the private pages."""
    return make_settings(tmp_path, http_port=8080, public_url=ADDRESS)


async def award(
    server: Server, *winners: MemberActor, days: float = 3, prize: Prize = PRIZE, by_lot: bool = True
) -> None:
    """A giveaway has its winners."""
    services = server.services
    async with services.database.unit() as tx:
        await services.prizes.award(
            tx,
            source=PrizeSource.GIVEAWAY,
            source_id=7,
            winners=[winner.id for winner in winners],
            prize=prize,
            claim_until=services.clock.timestamp() + int(days * DAY),
            by_lot=by_lot,
            title="Giveaway April",
        )
    await delivered(server)


async def claim(server: Server, winner: MemberActor, **typed: str) -> None:
    """Press "Ambil hadiah" in the DM and fill in the form behind the link."""
    pressed = await winner.user.click(server.dms(winner)[0], label="Ambil hadiah")
    async with browser(server.bot) as web:
        answered, page = await web.fill(link_of(pressed), **(TYPED | typed))
    assert answered.status == 200, page
    await delivered(server)


async def open_payout(server: Server, staff: MemberActor, payout_id: int = 1) -> object:
    """/hadiah-admin daftar and one of its pay-outs."""
    listed = await staff.slash(server.channel("staf-kol"), "hadiah-admin daftar")
    return await staff.select(message_of(listed), [str(payout_id)], custom_id="tsc:prize:open")


async def state(server: Server, payout_id: int = 1) -> PayoutState:
    return (await server.services.prizes.get(payout_id)).state


def said(server: Server) -> str:
    """Everything that has passed through Discord, in both directions."""
    return repr([entry.json for entry in server.env.http_requests])


async def test_a_winner_fills_in_the_form_and_finance_pays_and_nobody_sees_the_number_in_discord(
    server: Server,
) -> None:
    raka = await server.join("raka")
    finance = await server.staff("fina.finance", "Finance")
    await award(server, raka)
    (news,) = server.dms(raka)
    assert "kamu menang" in text_of(news) and "Saldo GoPay (Rp 25.000)" in text_of(news)

    await claim(server, raka)
    confirmed = server.dms(raka)[-1]
    assert "GoPay ••••7890" in text_of(confirmed) and "Ganti tujuan" in buttons_of(confirmed)
    await pass_time(server, 700)
    note = server.last("staf-kol")
    assert "1 hadiah" in text_of(note) and "Rp 25.000" in text_of(note)
    to_pay = await finance.click(note, label="Lihat daftar")
    assert "1 hadiah · Siap dibayar" in text_of(to_pay)

    detail = await open_payout(server, finance)
    assert "GoPay ••••7890" in text_of(detail) and "PPh final hadiah undian: Rp 6.250" in text_of(detail)
    seen = await finance.click(message_of(detail), label="Lihat nomor")
    async with browser(server.bot) as web:
        asked, before = await web.open(link_of(seen))
        assert asked.status == 200 and "3456" not in before
        answered, page = await web.fill(link_of(seen))
        assert answered.status == 200 and NUMBER in page and "Raka Pratama" in page
        again, refused = await web.open(link_of(seen))
        assert again.status == 410 and "3456" not in refused
    form = await finance.click(message_of(detail), label="Sudah dibayar")
    done = await finance.submit_modal(form, {"reference": "TRX-20260401-77"})
    await server.env.settle()

    assert "Tercatat" in text_of(done) and "Sudah dibayar" in text_of(done)
    assert await state(server) is PayoutState.PAID
    told = [text_of(message) for message in server.dms(raka) if "sudah dikirim" in text_of(message)]
    assert len(told) == 1 and "GoPay ••••7890" in told[0] and "TRX" not in told[0] and "/tiket buka" in told[0]
    for part in ("34567890", "3456-7890", "Raka Pratama"):
        assert part not in said(server)
    steps = await audit.entries(server.services.database.read, subject_kind="prize", subject_id=1)
    assert [(step.action, step.actor_id) for step in steps] == [
        ("prize.awarded", None),
        ("prize.claimed", raka.id),
        ("prize.number_revealed", finance.id),
        ("prize.paid", finance.id),
    ]


async def test_the_link_opens_once_for_its_winner_and_a_newer_one_replaces_it(server: Server) -> None:
    raka, maya = await server.join("raka"), await server.join("maya")
    await award(server, raka)
    (news,) = server.dms(raka)
    stranger = await press_again(server, maya, "tsc:prize:claim:1")
    assert "untuk pemenang lain" in text_of(stranger)

    first = link_of(await raka.user.click(news, label="Ambil hadiah"))
    second = link_of(await raka.user.click(news, label="Ambil hadiah"))
    async with browser(server.bot) as web:
        replaced, page = await web.open(first)
        assert replaced.status == 410 and "link yang lebih baru" in page
        sent, _ = await web.fill(second, **TYPED)
        assert sent.status == 200
        used, page = await web.open(second)
        assert used.status == 410 and "sudah dipakai" in page and "7890" not in page


async def test_a_link_and_a_form_opened_before_a_restart_work_after_it(server: Server) -> None:
    raka = await server.join("raka")
    await award(server, raka)
    url = link_of(await raka.user.click(server.dms(raka)[0], label="Ambil hadiah"))
    async with browser(server.bot) as web:
        _, page = await web.open(url)

    await server.restart()

    async with browser(server.bot) as web:
        sent, _ = await web.send(url, {"form_token": form_token(page), **TYPED})
    assert sent.status == 200 and await state(server) is PayoutState.CLAIMED
    await server.restart()
    await server.env.settle()
    assert [text_of(message).splitlines()[0] for message in server.dms(raka)] == [
        "Selamat, kamu menang! 🎉",
        "Tujuan hadiahmu tersimpan",
    ]


async def test_a_link_expires_after_half_an_hour_and_a_new_press_gives_another(server: Server) -> None:
    raka = await server.join("raka")
    await award(server, raka)
    url = link_of(await raka.user.click(server.dms(raka)[0], label="Ambil hadiah"))

    await pass_time(server, 30 * 60 + 1)

    async with browser(server.bot) as web:
        expired, page = await web.open(url)
        assert expired.status == 410 and "Waktu link ini sudah habis" in page
    await claim(server, raka)
    assert await state(server) is PayoutState.CLAIMED


async def test_who_claims_nothing_is_reminded_a_day_before_and_then_it_is_drawn_again_once(server: Server) -> None:
    raka, maya, putri = [await server.join(name) for name in ("raka", "maya", "putri")]
    redrawn: list[tuple[int, list[int]]] = []

    async def redraw(tx: object, source_id: int, member_ids: list[int]) -> None:
        redrawn.append((source_id, member_ids))

    server.services.prizes.when_unclaimed(PrizeSource.GIVEAWAY, redraw)
    await award(server, raka, maya, putri)
    await claim(server, putri)

    await pass_time(server, 2 * DAY + 60)
    assert "belum diambil" in text_of(server.dms(raka)[-1])
    assert [text_of(message).splitlines()[0] for message in server.dms(putri)][1:] == ["Tujuan hadiahmu tersimpan"]
    assert redrawn == []
    await pass_time(server, DAY)

    assert redrawn == [(7, [raka.id, maya.id])]
    # The reminder names the loss too; the news of it comes once.
    told = [text_of(message).splitlines()[0] for message in server.dms(maya)]
    assert told.count("Batas mengambil hadiah sudah lewat") == told.count("Hadiahmu belum diambil") == 1
    note = text_of(server.last("staf-kol"))
    assert "2 hadiah tidak diambil: Giveaway April" in note and f"<@{raka.id}>" in note
    staff = await server.staff()
    listed = await staff.click(server.last("staf-kol"), label="Daftar hadiah")
    assert "3 hadiah" in text_of(listed) and "Tidak diambil" in text_of(listed)
    late = await raka.user.click(server.dms(raka)[0], label="Ambil hadiah")
    assert "sudah lewat" in text_of(late)
    own = await raka.user.click(server.dms(raka)[0], label="Hadiahku")
    assert "Tidak diambil" in text_of(own)
    assert [await state(server, number) for number in (1, 2, 3)] == [
        PayoutState.EXPIRED,
        PayoutState.EXPIRED,
        PayoutState.CLAIMED,
    ]
    await server.restart(off_for=DAY)
    again = [text_of(message).splitlines()[0] for message in server.dms(maya)]
    assert again.count("Batas mengambil hadiah sudah lewat") == 1


async def test_a_deadline_that_passed_while_the_bot_was_off_is_kept_when_it_comes_back(server: Server) -> None:
    raka = await server.join("raka")
    await award(server, raka, days=1)

    await server.restart(off_for=2 * DAY)

    assert await state(server) is PayoutState.EXPIRED
    assert [text_of(message).splitlines()[0] for message in server.dms(raka)] == [
        "Selamat, kamu menang! 🎉",
        "Batas mengambil hadiah sudah lewat",
    ]


async def test_a_winner_with_closed_dms_claims_from_the_private_thread(server: Server) -> None:
    raka = await server.join("raka")
    server.close_dms()
    await award(server, raka)
    (thread,) = server.channel("bantuan").threads
    pressed = await raka.click(server.last(thread), label="Ambil hadiah")

    assert pressed.ephemeral
    async with browser(server.bot) as web:
        sent, _ = await web.fill(link_of(pressed), **TYPED)
    await delivered(server)

    assert sent.status == 200 and "GoPay ••••7890" in text_of(server.last(thread))


async def test_only_finance_sees_numbers_and_pays_and_nobody_pays_themselves(server: Server) -> None:
    raka, kol = await server.join("raka"), await server.staff()
    fina = await server.staff("fina.finance", "Finance")
    await award(server, raka, fina)
    await claim(server, raka)
    await claim(server, fina, number="0813-9999-1111")

    of_raka = await open_payout(server, kol)
    for label in ("Lihat nomor", "Sudah dibayar"):
        refused = await kol.click(message_of(of_raka), label=label)
        assert "hanya untuk Finance" in text_of(refused) and refused.modal is None
    own = await open_payout(server, fina, 2)
    refused = await fina.click(message_of(own), label="Sudah dibayar")
    assert "Ini hadiahmu sendiri" in text_of(refused) and refused.modal is None
    for forged in ("tsc:prize:listed", "tsc:prize:to-pay"):
        assert "hanya untuk staf" in text_of(await press_again(server, raka, forged))


async def test_a_payment_needs_a_proof_that_does_not_give_the_number_away(server: Server) -> None:
    raka = await server.join("raka")
    fina = await server.staff("fina.finance", "Finance")
    await award(server, raka)
    await claim(server, raka)
    detail = await open_payout(server, fina)

    form = await fina.click(message_of(detail), label="Sudah dibayar")
    bare = await fina.submit_modal(form, {"reference": ""})
    assert "Isi nomor referensi transfer atau unggah buktinya" in text_of(bare)
    form = await fina.click(message_of(bare), label="Perbaiki")
    gave_away = await fina.submit_modal(form, {"reference": "GoPay 081234567890"})
    assert "Jangan tulis nomor tujuan lengkap" in text_of(gave_away)
    assert await state(server) is PayoutState.CLAIMED

    form = await fina.click(message_of(detail), label="Sudah dibayar")
    await fina.submit_modal(form, {"reference": "", "picture": ("bukti.png", screenshot())})
    assert await state(server) is PayoutState.PAID
    shown = await open_payout(server, fina)
    proof = await fina.click(message_of(shown), label="Lihat bukti")
    assert "Bukti pembayaran hadiah 1" in text_of(proof) and len(message_of(proof).attachments) == 1


async def test_of_two_who_pay_at_once_one_does_and_the_winner_hears_once(server: Server) -> None:
    raka = await server.join("raka")
    fina, ando = await server.staff("fina.finance", "Finance"), await server.staff("ando.finance", "Finance")
    await award(server, raka)
    await claim(server, raka)
    forms = []
    for person in (fina, ando):
        detail = await open_payout(server, person)
        forms.append((person, await person.click(message_of(detail), label="Sudah dibayar")))

    for person, form in forms:
        last = await person.submit_modal(form, {"reference": f"TRX-{person.id % 100}"})
    await server.env.settle()

    assert f"sudah dibayar oleh <@{fina.id}>" in text_of(last)
    assert sum("sudah dikirim" in text_of(message) for message in server.dms(raka)) == 1


async def test_a_number_changed_meanwhile_is_not_paid_blindly(server: Server) -> None:
    raka = await server.join("raka")
    fina = await server.staff("fina.finance", "Finance")
    await award(server, raka)
    await claim(server, raka)
    detail = await open_payout(server, fina)
    form = await fina.click(message_of(detail), label="Sudah dibayar")

    changed = await raka.user.click(server.dms(raka)[-1], label="Ganti tujuan")
    async with browser(server.bot) as web:
        await web.fill(link_of(changed), wallet="ovo", number="0857 1111 2222", name="Raka Pratama")
    await delivered(server)
    refused = await fina.submit_modal(form, {"reference": "TRX-1"})

    assert "baru saja mengganti tujuannya" in text_of(refused)
    assert "OVO ••••2222" in text_of(server.dms(raka)[-1])
    assert await state(server) is PayoutState.CLAIMED


async def test_a_cancelled_prize_forgets_its_number_and_the_winner_reads_why(server: Server) -> None:
    raka, kol = await server.join("raka"), await server.staff()
    await award(server, raka)
    await claim(server, raka)
    detail = await open_payout(server, kol)
    form = await kol.click(message_of(detail), label="Batalkan")
    done = await kol.submit_modal(form, {"reason": "Ikut dengan dua akun."})
    await server.env.settle()

    assert "Dibatalkan" in text_of(done) and "Dihapus" in text_of(done)
    assert "Ikut dengan dua akun." in text_of(server.dms(raka)[-1]) and "/tiket buka" in text_of(server.dms(raka)[-1])
    row = await server.services.database.read.fetch_one("SELECT * FROM prize_payout")
    assert row is not None and (row["account_number"], row["account_name"]) == (None, None)
    again = await raka.user.click(server.dms(raka)[0], label="Ambil hadiah")
    assert "dibatalkan: Ikut dengan dua akun." in text_of(again) and "/tiket buka" in text_of(again)


async def test_one_winner_gets_more_time_and_only_the_others_lose_theirs(server: Server) -> None:
    raka, maya, kol = await server.join("raka"), await server.join("maya"), await server.staff()
    await award(server, raka, maya)
    until = (server.services.clock.timestamp() + 6 * DAY) // 60 * 60
    detail = await open_payout(server, kol)
    form = await kol.click(message_of(detail), label="Perpanjang batas")
    done = await kol.submit_modal(form, {"until": write_deadline(until), "reason": "HP-nya sedang diservis."})
    await delivered(server)

    assert "Diperpanjang" in text_of(done) and "HP-nya sedang diservis." in text_of(done)
    assert f"<t:{until}:F>" in text_of(server.dms(raka)[-1]) and len(server.dms(maya)) == 1
    stale = await kol.click(message_of(detail), label="Perpanjang batas")
    assert "baru saja berubah" in text_of(stale)
    await pass_time(server, 4 * DAY)
    assert [await state(server, number) for number in (1, 2)] == [PayoutState.WAITING, PayoutState.EXPIRED]
    await claim(server, raka)
    late = await open_payout(server, kol, 2)
    assert "Perpanjang batas" not in buttons_of(message_of(late))
    refused = await press_again(server, kol, "tsc:prize:extend:2:2")
    assert "tidak diambil" in text_of(refused)


async def test_a_winner_sees_only_their_own_prizes_and_claims_from_the_list(server: Server) -> None:
    raka, maya = await server.join("raka"), await server.join("maya")
    await award(server, raka)

    nothing = await maya.slash(server.channel("bantuan"), "hadiah saya")
    assert "belum punya hadiah" in text_of(nothing)
    listed = await raka.slash(server.channel("bantuan"), "hadiah saya")
    assert listed.ephemeral and "Giveaway April" in text_of(listed) and "Menunggu diambil" in text_of(listed)
    chosen = await raka.select(message_of(listed), ["1"], custom_id="tsc:prize:choose")
    assert link_of(chosen).startswith(f"{ADDRESS}/isi/")


async def test_goods_are_sent_to_an_address_that_discord_does_not_see(server: Server) -> None:
    raka = await server.join("raka")
    fina = await server.staff("fina.finance", "Finance")
    await award(server, raka, prize=Prize("Satu set skincare"), by_lot=False)
    pressed = await raka.user.click(server.dms(raka)[0], label="Ambil hadiah")
    address = "Jl. Melati No. 5, RT 01/02, Coblong, Bandung 40132"
    async with browser(server.bot) as web:
        await web.fill(link_of(pressed), number=NUMBER, name="Raka Pratama", address=address)
    await delivered(server)

    detail = await open_payout(server, fina)
    assert "alamat tersimpan, HP ••••7890" in text_of(detail)
    seen = await fina.click(message_of(detail), label="Lihat nomor")
    async with browser(server.bot) as web:
        _, page = await web.fill(link_of(seen))
    assert address in page and NUMBER in page
    assert "Melati" not in said(server)


async def restart_with(server: Server, public_url: str) -> None:
    """The bot is started again with this address in .env."""
    server.bot.settings = server.bot.settings.model_copy(update={"public_url": public_url})
    await server.restart()
    await delivered(server)


async def test_while_the_form_is_closed_no_prize_lapses_and_staff_hear_of_the_first_who_tries(server: Server) -> None:
    raka, maya, kol = await server.join("raka"), await server.join("maya"), await server.staff()
    await award(server, raka, maya)
    until = (await server.services.prizes.get(1)).claim_until
    await pass_time(server, DAY)
    await restart_with(server, "")

    for winner in (raka, maya, raka):
        pressed = await winner.user.click(server.dms(winner)[0], label="Ambil hadiah")
        assert "belum bisa dibuka" in text_of(pressed) and "berhenti berjalan" in text_of(pressed)
    await delivered(server)
    alerts = [text for text in map(text_of, server.messages("staf-kol")) if "tidak bisa mengambil hadiah" in text]
    assert len(alerts) == 1 and f"<@{raka.id}>" in alerts[0] and "TSC_PUBLIC_URL" in alerts[0]
    assert f"<@&{server.role('IT Support').id}>" in alerts[0]
    listed = await kol.slash(server.channel("staf-kol"), "hadiah-admin daftar")
    assert "TSC_PUBLIC_URL" in text_of(listed)

    await pass_time(server, 5 * DAY)
    assert [await state(server, number) for number in (1, 2)] == [PayoutState.WAITING] * 2
    assert not any("belum diambil" in text_of(message) for message in server.dms(raka))
    own = await raka.slash(server.channel("bantuan"), "hadiah saya")
    assert "1 menunggu diambil" in text_of(own) and "berhenti berjalan" in text_of(own)

    await restart_with(server, ADDRESS)
    payout = await server.services.prizes.get(1)
    assert until + 5 * DAY <= payout.claim_until <= until + 5 * DAY + 600
    for winner in (raka, maya):
        told = text_of(server.dms(winner)[-1])
        assert "diperpanjang" in told and "Sekarang sudah bisa" in told and f"<t:{payout.claim_until}:F>" in told
    await claim(server, raka)
    await restart_with(server, ADDRESS)
    await pass_time(server, 3 * DAY)
    assert [await state(server, number) for number in (1, 2)] == [PayoutState.CLAIMED, PayoutState.EXPIRED]
    lines = [text_of(message).splitlines()[0] for message in server.dms(maya)]
    assert lines.count("Waktumu mengambil hadiah diperpanjang") == 1


async def test_a_prize_won_and_due_while_the_form_was_closed_is_there_for_a_day_when_it_opens(server: Server) -> None:
    raka = await server.join("raka")
    await restart_with(server, "")
    await award(server, raka, days=0.1)
    await pass_time(server, 2 * DAY)

    await restart_with(server, ADDRESS)

    left = (await server.services.prizes.get(1)).claim_until - server.services.clock.timestamp()
    assert DAY - 600 <= left <= DAY
    await claim(server, raka)
    assert await state(server) is PayoutState.CLAIMED


async def test_the_check_up_says_that_winners_could_not_claim(server: Server) -> None:
    well = await server.owner.slash(server.channel("umum"), "pengaturan periksa")
    await restart_with(server, "")
    closed = await server.owner.slash(server.channel("umum"), "pengaturan periksa")

    assert "TSC_PUBLIC_URL" not in text_of(well)
    assert "Sebelum membuka giveaway atau kuis berhadiah" in text_of(closed) and "TSC_PUBLIC_URL" in text_of(closed)


async def test_the_form_begins_with_the_wallet_that_the_prize_names(server: Server) -> None:
    raka = await server.join("raka")
    await award(server, raka, prize=Prize("Gopay 25rb", 25_000))
    assert "**GoPay Rp 25.000** dari **Giveaway April**" in text_of(server.dms(raka)[0])
    pressed = await raka.user.click(server.dms(raka)[0], label="Ambil hadiah")
    async with browser(server.bot) as web:
        _, page = await web.open(link_of(pressed))
        assert '<option value="gopay" selected>' in page
        refused, page = await web.fill(link_of(pressed), wallet="ovo", number="12", name="Raka Pratama")
        assert refused.status == 422 and '<option value="ovo" selected>' in page
    await claim(server, raka, wallet="dana")
    changed = await raka.user.click(server.dms(raka)[-1], label="Ganti tujuan")
    async with browser(server.bot) as web:
        _, page = await web.open(link_of(changed))
    assert '<option value="dana" selected>' in page


async def test_what_lapsed_or_was_cancelled_is_no_money_to_pay(server: Server) -> None:
    kol, fina = await server.staff(), await server.staff("fina.finance", "Finance")
    raka, maya, putri = [await server.join(name) for name in ("raka", "maya", "putri")]
    await award(server, raka, maya, putri)
    await claim(server, putri)
    detail = await open_payout(server, kol)
    await kol.submit_modal(await kol.click(message_of(detail), label="Batalkan"), {"reason": "Ikut dua kali."})
    both = await kol.slash(server.channel("staf-kol"), "hadiah-admin daftar")
    assert "3 hadiah" in text_of(both) and "Belum dibayar Rp 50.000" in text_of(both)
    form = await fina.click(message_of(await open_payout(server, fina, 3)), label="Sudah dibayar")
    await fina.submit_modal(form, {"reference": "TRX-1"})
    await pass_time(server, 3 * DAY + 60)

    listed = await kol.slash(server.channel("staf-kol"), "hadiah-admin daftar")
    assert "Sudah dibayar Rp 25.000" in text_of(listed) and "Belum dibayar" not in text_of(listed)
    lapsed = await kol.slash(server.channel("staf-kol"), "hadiah-admin daftar", status="expired")
    assert "1 hadiah · Tidak diambil" in text_of(lapsed) and "dibayar Rp" not in text_of(lapsed)


async def test_members_see_their_own_commands_only(server: Server) -> None:
    raka, fina = await server.join("raka"), await server.staff("fina.finance", "Finance")
    own = {name for name in raka.available_commands(server.channel("bantuan")) if name.startswith("hadiah")}
    assert own == {"hadiah saya"}
    assert "hadiah-admin daftar" in fina.available_commands(server.channel("staf-kol"))


async def test_where_a_prize_comes_from_is_not_said_twice(server: Server) -> None:
    raka, kol = await server.join("raka"), await server.staff()
    await award(server, raka)

    detail = text_of(await open_payout(server, kol))

    assert "Dari\nGiveaway April" in detail and "Giveaway Giveaway" not in detail + text_of(server.dms(raka)[0])


async def test_staff_page_through_many_prizes_by_state(server: Server) -> None:
    kol = await server.staff()
    winners = [await server.join(f"pemenang{number}") for number in range(10)]
    await award(server, *winners)

    listed = await kol.slash(server.channel("staf-kol"), "hadiah-admin daftar", status="waiting")
    assert "10 hadiah · Menunggu diambil" in text_of(listed) and "Rp 250.000" in text_of(listed)
    turned = await kol.click(message_of(listed), label="Berikutnya")
    assert f"<@{winners[9].id}>" in text_of(turned)
    none = await kol.slash(server.channel("staf-kol"), "hadiah-admin daftar", status="paid")
    assert "Belum ada hadiah di sini" in text_of(none)
