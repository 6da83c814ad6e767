"""A giveaway from the first form to the winners, as staff and members meet it."""

import asyncio
import json

import pytest
from simcord.actors import MemberActor

from bot.giveaways import notices
from bot.giveaways.models import Entrant, GiveawayState
from bot.giveaways.verify_draw import entry_hash
from bot.platform.deadlines import write_deadline
from tests.support.campaigns import buttons_of, fill, press_again
from tests.support.giveaways import (
    DAY,
    begin,
    choose_legal,
    crowd,
    draw_file,
    end_now,
    give_away,
    redraw,
    winners,
)
from tests.support.private_web import ADDRESS
from tests.support.registering import Registering
from tests.support.server import Server, message_of, text_of


async def state_of(server: Server, giveaway_id: int = 1) -> GiveawayState:
    return (await server.services.giveaways.get(giveaway_id)).state


def _member(members: list[MemberActor], member_id: int) -> MemberActor:
    return next(member for member in members if member.id == member_id)


async def test_staff_write_a_giveaway_members_join_and_winners_hear_it_privately(server: Server) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    assert "Akhir Pekan" in text_of(post) and "Komitmen undian" in text_of(post)
    assert "**Saldo GoPay** (Rp 100.000 per pemenang) untuk **2 pemenang**" in text_of(post)
    assert [file.filename for file in post.attachments] == ["giveaway-1.png"]

    members = await crowd(server, post, 5)
    await server.env.advance_time(3 * DAY)
    await server.env.settle()

    announced = server.last("giveaway")
    won = await winners(server)
    assert len(won) == 2 and {pick.member_id for pick in won} <= {member.id for member in members}
    assert all(f"<@{pick.member_id}>" in text_of(announced) for pick in won)
    assert [file.filename for file in announced.attachments] == ["pemenang-1.png", "undian-1.json", "verify_draw.py"]
    assert "Diundi" not in text_of(announced)
    for member in members:
        news = [text for text in map(text_of, server.dms(member)) if "Saldo GoPay" in text]
        assert len(news) == (member.id in {pick.member_id for pick in won})
    closed = server.messages("giveaway")[0]
    assert "Selesai" in text_of(closed) and "Ikut" not in buttons_of(closed)


async def test_nobody_else_learns_who_joined_and_nobody_learns_the_seed_before_the_end(server: Server) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    members = await crowd(server, post, 4)

    early = await staff.slash(server.channel("staf-kol"), "giveaway verifikasi", judul="#1")
    assert "Masih rahasia" in text_of(early) and not message_of(early).attachments
    row = await server.services.database.read.fetch_one("SELECT seed FROM giveaway")
    assert row is not None and row["seed"].startswith("gAAAA")
    await end_now(server, staff)

    published = json.loads(await draw_file(server.last("giveaway")))
    assert row["seed"] not in json.dumps(published)
    won = {pick.member_id for pick in await winners(server)}
    for member in members:
        assert str(member.id) not in json.dumps(published)
        assert member.id in won or str(member.id) not in text_of(server.last("giveaway"))
    everything = "".join(text_of(message) for message in server.messages("giveaway")[:1])
    assert published["seed"] not in everything


async def test_a_member_enters_once_however_often_they_press(server: Server) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    raka = await server.join("raka")

    first = await raka.click(post, label="Ikut")
    again = await raka.click(post, label="Ikut")

    assert first.ephemeral and "Kamu ikut!" in text_of(first)
    assert again.ephemeral and "Kamu sudah ikut" in text_of(again)
    code = text_of(first).split("Kode undianmu: `")[1].split("`")[0]
    assert f"`{code}`" in text_of(again)
    assert await server.services.giveaway_entries.count(1) == 1


async def test_a_member_leaves_and_comes_back(server: Server) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    raka = await server.join("raka")

    nothing = await raka.click(post, label="Keluar")
    assert "belum ikut" in text_of(nothing)
    await raka.click(post, label="Ikut")
    left = await raka.click(post, label="Keluar")
    assert "Kamu keluar dari" in text_of(left)
    no_code = await raka.click(post, label="Kode undianku")
    assert "Tekan Ikut dulu" in text_of(no_code)
    assert await server.services.giveaway_entries.count(1) == 0
    await raka.click(post, label="Ikut")
    assert await server.services.giveaway_entries.count(1) == 1


async def test_the_live_count_is_redrawn_once_for_many_presses(server: Server) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)

    def edits() -> int:
        return sum(1 for entry in server.env.http_requests if entry.method == "PATCH" and str(post.id) in entry.path)

    await crowd(server, post, 6)
    before = edits()
    await server.env.advance_time(20)
    await server.env.settle()

    assert edits() - before <= 1 and edits() >= 1
    assert "Peserta\n6" in text_of(server.messages("giveaway")[0])


async def test_each_requirement_that_is_not_met_is_explained(server: Server) -> None:
    staff = await server.staff()
    role = server.role("Kreator TikTok")
    wanted = {"role": [role], "who": ["registered"], "days": "7", "niches": ["beauty"]}
    post = await give_away(server, staff, wanted=wanted)
    newcomer = await server.join("baru")

    refused = await newcomer.click(post, label="Ikut")

    assert refused.ephemeral
    for why in (f"<@&{role.id}>", "Daftar dulu dengan /daftar", "Minimal 7 hari", "Niche yang dicari Kecantikan"):
        assert why in text_of(refused)
    assert await server.services.giveaway_entries.count(1) == 0
    for line in ("Punya role", "Kreator terdaftar", "minimal 7 hari", "Niche Kecantikan"):
        assert line in text_of(post)


async def test_who_meets_every_requirement_joins(server: Server) -> None:
    staff = await server.staff()
    role = server.role("Kreator TikTok")
    lama = await server.join("lama")
    wanted = {"role": [role], "who": ["registered"], "days": "7", "niches": ["food"]}
    post = await give_away(server, staff, wanted=wanted, days=30)
    await Registering(server, lama).send()
    await server.env.settle()
    early = await lama.click(post, label="Ikut")
    assert "Minimal 7 hari" in text_of(early) and "role" not in text_of(early) and "/daftar" not in text_of(early)
    await server.env.advance_time(8 * DAY)

    assert "Kamu ikut!" in text_of(await lama.click(post, label="Ikut"))


async def test_following_is_declared_by_a_press_and_recorded(server: Server) -> None:
    staff = await server.staff()
    post = await give_away(server, staff, wanted={"follow": "@tscreator.id di Instagram"})
    raka = await server.join("raka")

    asked = await raka.click(post, label="Ikut")
    assert "Follow dulu **@tscreator.id di Instagram**" in text_of(asked)
    assert await server.services.giveaway_entries.count(1) == 0
    declared = await raka.click(message_of(asked), label="Sudah follow")

    assert "Kamu ikut!" in text_of(declared)
    _, entry = await server.services.giveaway_entries.mine(raka.id, 1)
    assert entry.follow_declared
    assert "Kamu sudah ikut" in text_of(await raka.click(post, label="Ikut"))


async def test_staff_see_the_legal_reminder_choose_and_that_is_recorded(server: Server) -> None:
    staff = await server.staff()
    panel = await begin(server, staff)
    for part in ("UU 22/1954", "Permensos 4/2021", "25%", "PP 132/2000", "Kontes"):
        assert part in text_of(panel)
    assert "Buka giveaway" not in buttons_of(message_of(panel))

    panel = await choose_legal(staff, panel, kind=["draw"], permit="123/HUK-UND/2026")
    await staff.click(message_of(panel), label="Buka giveaway")
    await server.env.settle()

    found = await server.services.giveaways.get(1)
    assert found.spec.legal is not None and found.spec.legal.permit == "123/HUK-UND/2026"
    rows = await server.services.database.read.fetch_all(
        "SELECT details FROM audit_entry WHERE action = 'giveaway.opened'"
    )
    assert [json.loads(row["details"])["legal"] for row in rows] == ["draw"]
    assert "123/HUK-UND/2026" not in text_of(server.last("giveaway"))


async def test_a_refused_form_keeps_what_was_typed(server: Server) -> None:
    staff = await server.staff()

    refused = await begin(server, staff, winners="seribu", ends="kemarin lusa")

    assert "Jumlah pemenang" in text_of(refused) and "Berakhir" in text_of(refused)
    shown = await staff.click(message_of(refused), label="Perbaiki")
    assert shown.modal is not None
    assert await server.services.giveaways.listed(list(GiveawayState), limit=5) == ([], 0)


async def test_an_old_preview_opens_nothing(server: Server) -> None:
    staff = await server.staff()
    first = await choose_legal(staff, await begin(server, staff))
    wanted = {"who": ["everyone"], "days": "30"}
    await fill(staff, first, "Syarat ikut", wanted)

    # The same panel as it looked before, kept open in another tab.
    refused = await press_again(server, staff, "tsc:giveaway:open:1:2")

    assert "sudah berubah" in text_of(refused)
    assert await state_of(server) is GiveawayState.DRAFT


async def test_members_can_neither_write_nor_end_nor_redraw(server: Server) -> None:
    staff = await server.staff()
    await give_away(server, staff)
    raka, fina = await server.join("raka"), await server.staff("fina", role="Finance")

    seen = raka.available_commands(server.channel("bantuan"))
    assert {name for name in seen if name.startswith("giveaway")} == {
        "giveaway daftar",
        "giveaway lihat",
        "giveaway verifikasi",
    }
    for command in ("akhiri", "batal", "undi-ulang", "perpanjang"):
        refused = await fina.slash(server.channel("staf-kol"), f"giveaway-admin {command}", judul="#1")
        assert "hanya untuk Tim KOL" in text_of(refused)
        assert await fina.autocomplete(server.channel("staf-kol"), f"giveaway-admin {command}", "judul", "") == []
    for command in ("buat", "daftar"):
        refused = await fina.slash(server.channel("staf-kol"), f"giveaway-admin {command}")
        assert "hanya untuk Tim KOL" in text_of(refused)
    for forged in ("giveaway:end-yes:1", "giveaway:cancel-yes:1", "giveaway:open:1:1", "giveaway:extend:1"):
        assert "hanya untuk Tim KOL" in text_of(await press_again(server, raka, f"tsc:{forged}"))
    assert await state_of(server) is GiveawayState.OPEN


async def test_drafts_are_seen_by_staff_alone(server: Server) -> None:
    staff = await server.staff()
    await begin(server, staff)
    raka = await server.join("raka")

    listed = await staff.slash(server.channel("staf-kol"), "giveaway-admin daftar")
    assert "Akhir Pekan · Draf" in text_of(listed)
    assert "Belum ada giveaway" in text_of(await raka.slash(server.channel("bantuan"), "giveaway daftar"))
    opened = await staff.select(message_of(listed), ["1"])
    assert "Pengingat hukum" in text_of(opened)
    refused = await raka.slash(server.channel("bantuan"), "giveaway verifikasi", judul="#1")
    assert "tidak ditemukan" in text_of(refused)


async def test_members_look_at_a_giveaway_by_its_title_and_join_from_there(server: Server) -> None:
    staff = await server.staff()
    await give_away(server, staff)
    raka = await server.join("raka")

    shown = await raka.slash(server.channel("bantuan"), "giveaway lihat", judul="Akhir Pekan")

    assert shown.ephemeral and "Saldo GoPay" in text_of(shown)
    assert "Kamu ikut!" in text_of(await raka.click(message_of(shown), label="Ikut"))


async def test_a_cancelled_giveaway_is_not_drawn_and_says_so(server: Server) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    members, outsider = await crowd(server, post, 2), await server.join("tamu")
    asked = await staff.slash(server.channel("staf-kol"), "giveaway-admin batal", judul="#1")
    done = await staff.click(message_of(asked), label="Ya, batalkan giveaway")
    await server.env.settle()
    await server.env.advance_time(4 * DAY)
    await server.env.settle()

    assert await state_of(server) is GiveawayState.CANCELLED
    assert await winners(server) == []
    assert "dibatalkan oleh tim" in text_of(server.last("giveaway"))
    assert "Entri 2 peserta tidak berlaku lagi" in text_of(server.last("giveaway"))
    assert "2 peserta dikabari" in text_of(done) and "pesan pribadi" in text_of(done)
    for member in members:
        told = [text for text in map(text_of, server.dms(member)) if "yang kamu ikuti dibatalkan" in text]
        assert len(told) == 1 and "Akhir Pekan" in told[0]
    assert not any("dibatalkan" in text_of(message) for message in server.dms(outsider))
    late = await press_again(server, await server.join("telat"), "tsc:giveaway:join:1")
    assert "Giveaway ini dibatalkan" in text_of(late)


async def test_after_the_end_nobody_joins_or_leaves(server: Server) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    (first, *_) = await crowd(server, post, 3)
    await end_now(server, staff)
    late = await server.join("telat")

    assert "sudah berakhir" in text_of(await press_again(server, late, "tsc:giveaway:join:1"))
    assert "sudah berakhir" in text_of(await press_again(server, first, "tsc:giveaway:leave:1"))
    for title in ("#1", "Akhir Pekan"):
        again = await staff.slash(server.channel("staf-kol"), "giveaway-admin akhiri", judul=title)
        assert "sudah diundi" in text_of(again)
    called_off = await staff.slash(server.channel("staf-kol"), "giveaway-admin batal", judul="#1")
    assert "sudah diundi, tidak bisa dibatalkan" in text_of(called_off)
    assert "sudah diundi" in text_of(await press_again(server, staff, "tsc:giveaway:end-yes:1"))


async def test_a_giveaway_that_nobody_joined_ends_without_winners(server: Server) -> None:
    staff = await server.staff()
    await give_away(server, staff)
    await end_now(server, staff)

    assert "tidak ada pemenang" in text_of(server.last("giveaway"))
    assert "2 hadiah belum punya pemenang" in text_of(server.last("staf-kol"))


async def test_fewer_members_than_prizes_all_win_and_staff_hear_of_the_rest(server: Server) -> None:
    staff = await server.staff()
    post = await give_away(server, staff, winners="5")
    members = await crowd(server, post, 2)
    await end_now(server, staff)

    assert {pick.member_id for pick in await winners(server)} == {member.id for member in members}
    assert "3 hadiah belum punya pemenang" in "\n".join(map(text_of, server.messages("staf-kol")))


async def test_it_ends_on_time_although_the_bot_was_away(server: Server) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    members = await crowd(server, post, 4)
    ends_at = (await server.services.giveaways.get(1)).spec.ends_at

    await server.restart(off_for=5 * DAY)

    found = await server.services.giveaways.get(1)
    assert found.state is GiveawayState.ENDED and found.entry_count == 4
    assert ends_at is not None and found.ended_at is not None and found.ended_at >= ends_at
    assert len([m for m in server.messages("giveaway") if "Pemenang:" in text_of(m)]) == 1
    late = await press_again(server, members[0], "tsc:giveaway:join:1")
    assert "sudah berakhir" in text_of(late)


async def test_entries_codes_and_buttons_survive_restarts(server: Server) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    raka = await server.join("raka")
    first = await raka.click(post, label="Ikut")
    code = text_of(first).split("Kode undianmu: `")[1].split("`")[0]

    await server.restart()
    await crowd(server, server.messages("giveaway")[0], 3)
    mine = await raka.click(server.messages("giveaway")[0], label="Kode undianku")

    assert code in text_of(mine) and entry_hash(1, raka.id, code) in text_of(mine)
    assert await server.services.giveaway_entries.count(1) == 4
    await server.restart()
    await end_now(server, staff)
    assert len(await winners(server)) == 2


async def test_a_prize_is_drawn_again_with_a_reason_that_everyone_reads(server: Server) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    members = await crowd(server, post, 4)
    await end_now(server, staff)
    gone, kept = await winners(server)

    done = await redraw(server, staff, gone.member_id, "Akunnya terbukti ganda")

    standing = await winners(server)
    assert kept.member_id in {pick.member_id for pick in standing} and len(standing) == 2
    (fresh,) = [pick for pick in standing if pick.round == 2]
    assert f"<@{fresh.member_id}>" in text_of(done)
    announced = server.last("giveaway")
    assert "Pemenang pengganti" in text_of(announced) and "Akunnya terbukti ganda" in text_of(announced)
    data = json.loads(await draw_file(announced))
    assert [pick["reason"] for pick in data["picks"]] == [None, None, "Akunnya terbukti ganda"]
    assert "Akunnya terbukti ganda" in text_of(server.dms(_member(members, gone.member_id))[-1])
    stale = await press_again(server, staff, "tsc:giveaway:redraws:1")
    assert str(gone.member_id) not in str(message_of(stale).components)


async def test_any_of_a_hundred_winners_can_be_replaced(server: Server) -> None:
    staff = await server.staff()
    await give_away(server, staff, winners="60")
    entries = server.services.giveaway_entries
    await asyncio.gather(*(entries.join(Entrant(10**18 + member, "Sari"), 1) for member in range(70)))
    await end_now(server, staff)
    won = await winners(server)

    offered = await staff.slash(server.channel("staf-kol"), "giveaway-admin undi-ulang", judul="#1")
    assert "60 pemenang" in text_of(offered) and str(won[24].member_id) in str(message_of(offered).components)
    second = await staff.click(message_of(offered), label="Berikutnya")
    third = await staff.click(message_of(second), label="Berikutnya")
    form = await staff.select(message_of(third), [str(won[59].member_id)])
    done = await staff.submit_modal(form, {"reason": "Pemenang mengundurkan diri"})

    assert "Sudah diundi ulang" in text_of(done)
    assert won[59].member_id not in {pick.member_id for pick in await winners(server)}


async def test_an_unclaimed_prize_waits_as_long_as_its_deadline_was_put_off(server: Server) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    members = await crowd(server, post, 5)
    await end_now(server, staff)
    won = await winners(server)
    claimed_until = server.services.clock.timestamp() + 3 * DAY

    form = await staff.slash(server.channel("staf-kol"), "giveaway-admin perpanjang", judul="#1")
    early = await staff.submit_modal(form, {"until": write_deadline(claimed_until - DAY), "reason": "Libur bersama"})
    assert "harus sesudah batas sekarang" in text_of(early)
    form = await staff.slash(server.channel("staf-kol"), "giveaway-admin perpanjang", judul="#1")
    until = (claimed_until + 2 * DAY) // 60 * 60
    done = await staff.submit_modal(form, {"until": write_deadline(until), "reason": "Libur bersama"})
    await server.env.settle()

    assert "**2 pemenang**" in text_of(done) and f"<t:{until}:F>" in text_of(done)
    for pick in won:
        news = text_of(server.dms(_member(members, pick.member_id))[-1])
        assert "diperpanjang" in news and "Libur bersama" in news and f"<t:{until}:F>" in news
    rows = await server.services.database.read.fetch_all("SELECT * FROM audit_entry WHERE action = 'prize.extended'")
    recorded = [(row["actor_id"], json.loads(row["details"])["reason"]) for row in rows]
    assert recorded == [(staff.id, "Libur bersama")] * 2
    await server.env.advance_time(3 * DAY + 120)
    await server.env.settle()
    assert await winners(server) == won
    # A day before the new deadline they are reminded, and after it the prizes are drawn again.
    await server.env.advance_time(2 * DAY)
    await server.env.settle()
    fresh = await winners(server)
    assert {pick.member_id for pick in fresh} & {pick.member_id for pick in won} == set() and len(fresh) == 2
    for pick in won:
        told = [text_of(message).splitlines()[0] for message in server.dms(_member(members, pick.member_id))]
        assert [line for line in told if line != "Profil kreatormu belum jadi"] == [
            "Selamat, kamu menang! 🎉",
            "Waktumu mengambil hadiah diperpanjang",
            "Hadiahmu belum diambil",
            "Batas mengambil hadiah sudah lewat",
        ]


async def test_an_unclaimed_prize_goes_to_the_next_on_the_list(server: Server) -> None:
    staff = await server.staff()
    post = await give_away(server, staff, winners="1")
    await crowd(server, post, 3)
    await end_now(server, staff)
    (first,) = await winners(server)

    await server.env.advance_time(3 * DAY + 60)
    await server.env.settle()

    (second,) = await winners(server)
    assert second.member_id != first.member_id and second.reason == "tidak diklaim"
    await server.env.advance_time(3 * DAY + 60)
    await server.env.settle()
    await server.env.advance_time(3 * DAY + 60)
    await server.env.settle()
    assert await winners(server) == []
    assert "semua peserta sudah pernah terundi" in "\n".join(map(text_of, server.messages("staf-kol")))


async def test_a_hundred_winners_fit_into_one_announcement(server: Server) -> None:
    staff = await server.staff()
    await give_away(server, staff, winners="100", prize="Saldo GoPay " + "x" * 130)
    entries = server.services.giveaway_entries
    await asyncio.gather(*(entries.join(Entrant(10**18 + member, "Sari " * 6), 1) for member in range(140)))
    await end_now(server, staff)

    announced = server.last("giveaway")
    won = await winners(server)
    assert len(won) == 100 and all(f"<@{pick.member_id}>" in text_of(announced) for pick in won)
    shown = await staff.slash(server.channel("staf-kol"), "giveaway verifikasi", judul="#1")
    assert "✅ Cocok" in text_of(shown) and "… dan" in text_of(shown)


async def test_of_very_many_members_nobody_is_written_to_when_it_is_cancelled(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "MOST_TOLD", 2)
    staff = await server.staff()
    post = await give_away(server, staff)
    members = await crowd(server, post, 3)
    await press_again(server, staff, "tsc:giveaway:cancel-yes:1")
    await server.env.settle()

    assert "Entri 3 peserta tidak berlaku lagi" in text_of(server.last("giveaway"))
    assert not any("dibatalkan" in text_of(message) for member in members for message in server.dms(member))


async def test_the_amount_is_read_off_the_prize_and_staff_see_as_what_it_is_recorded(server: Server) -> None:
    staff = await server.staff()
    money = await begin(server, staff, prize="Saldo gopay Rp 100.000", amount="")
    assert "Hadiah dicatat sebagai\nuang, Rp 100.000 per pemenang" in text_of(money)
    assert "**Saldo GoPay Rp 100.000** per pemenang untuk **2 pemenang**" in text_of(money)
    goods = await begin(server, staff, prize="Satu set skincare", amount="")
    assert "Hadiah dicatat sebagai\nbarang (pemenang diminta alamat)" in text_of(goods)
    bare = await begin(server, staff, prize="Saldo GoPay", amount="")
    assert "belum menyebut nominalnya" in text_of(bare)
    differ = await begin(server, staff, prize="GoPay 50.000", amount="100rb")
    assert "menyebut Rp 50.000, tetapi nilai uangnya Rp 100.000" in text_of(differ)
    first, second = [(await server.services.giveaways.get(number)).spec for number in (1, 2)]
    assert (first.prize, first.amount, second.amount) == ("Saldo GoPay Rp 100.000", 100_000, None)


async def test_who_prepared_a_giveaway_can_not_win_it(server: Server) -> None:
    staff, other = await server.staff(), await server.staff("budi.kol")
    post = await give_away(server, staff)

    assert "ikut menyiapkan" in text_of(await staff.click(post, label="Ikut"))
    assert "Kamu ikut!" in text_of(await other.click(post, label="Ikut"))
    assert await server.services.giveaway_entries.count(1) == 1


async def test_any_role_of_the_server_may_be_asked_for_and_is_still_chosen_when_the_form_opens_again(
    server: Server,
) -> None:
    staff = await server.staff()
    roles = [server.guild.create_role(f"Niche {number}") for number in range(30)]
    panel = await fill(staff, await begin(server, staff), "Syarat ikut", {"who": ["everyone"], "role": [roles[29]]})
    assert f"Punya role <@&{roles[29].id}>" in text_of(panel)

    shown = await staff.click(message_of(panel), label="Syarat ikut")
    assert shown.modal is not None
    select = next(one["component"] for one in shown.modal["components"] if one["component"]["custom_id"] == "role")
    assert [int(value["id"]) for value in select["default_values"]] == [roles[29].id]
    everyone = server.guild.roles["@everyone"]
    panel = await fill(staff, panel, "Syarat ikut", {"who": ["everyone"], "role": [everyone]})
    assert "Punya role" not in text_of(panel)


async def test_staff_hear_before_opening_that_winners_could_not_claim(server: Server) -> None:
    server.services.private_forms.address = None
    staff = await server.staff()
    panel = await choose_legal(staff, await begin(server, staff))
    opened = await staff.click(message_of(panel), label="Buka giveaway")

    assert "TSC_PUBLIC_URL" in text_of(panel) and "TSC_PUBLIC_URL" in text_of(opened)
    server.services.private_forms.address = ADDRESS
    assert "TSC_PUBLIC_URL" not in text_of(await choose_legal(staff, await begin(server, staff)))


async def test_the_picture_of_an_ended_giveaway_says_so(server: Server) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    assert "Rp 100.000 per pemenang" in (post.attachments[0].description or "")
    await crowd(server, post, 2)
    await end_now(server, staff)

    closed = server.messages("giveaway")[0]
    assert "Selesai" in (closed.attachments[0].description or "")
    assert "(Rp 100.000)" in (server.last("giveaway").attachments[0].description or "")
