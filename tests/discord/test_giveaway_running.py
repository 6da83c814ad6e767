"""A giveaway from the first form to the winners, as staff and members meet it."""

import asyncio
import json

from simcord.actors import MemberActor

from bot.giveaways.models import Entrant, GiveawayState
from bot.giveaways.verify_draw import entry_hash
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
from tests.support.people import registered_creator
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
    assert [file.filename for file in announced.attachments] == ["pemenang-1.png", "undian-1.json"]
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
    wanted = {"role": [str(role.id)], "who": ["registered"], "days": "7", "niches": ["beauty"]}
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
    lama = await registered_creator(server, "lama", roles=("Kreator", "Kreator TikTok"))
    await server.services.onboarding.member(lama.id)
    async with server.services.database.unit() as tx:
        await tx.execute("UPDATE member SET registered_at = 1 WHERE id = :id", {"id": lama.id})
    await server.env.advance_time(8 * DAY)
    wanted = {"role": [str(role.id)], "who": ["registered"], "days": "7", "niches": ["beauty"]}
    post = await give_away(server, staff, wanted=wanted)

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
    raka = await server.join("raka")

    for command in ("akhiri", "batal", "undi-ulang"):
        refused = await raka.slash(server.channel("bantuan"), f"giveaway {command}", judul="#1")
        assert "hanya untuk Tim KOL" in text_of(refused)
    assert "hanya untuk Tim KOL" in text_of(await raka.slash(server.channel("bantuan"), "giveaway buat"))
    for forged in ("giveaway:end-yes:1", "giveaway:cancel-yes:1", "giveaway:open:1:1"):
        assert "hanya untuk Tim KOL" in text_of(await press_again(server, raka, f"tsc:{forged}"))
    assert await state_of(server) is GiveawayState.OPEN


async def test_drafts_are_seen_by_staff_alone(server: Server) -> None:
    staff = await server.staff()
    await begin(server, staff)
    raka = await server.join("raka")

    listed = await staff.slash(server.channel("staf-kol"), "giveaway daftar")
    assert "Akhir Pekan · Draf" in text_of(listed)
    assert "Belum ada giveaway" in text_of(await raka.slash(server.channel("bantuan"), "giveaway daftar"))
    opened = await staff.select(message_of(listed), ["1"])
    assert "Pengingat hukum" in text_of(opened)
    refused = await raka.slash(server.channel("bantuan"), "giveaway verifikasi", judul="#1")
    assert "tidak ditemukan" in text_of(refused)


async def test_a_cancelled_giveaway_is_not_drawn_and_says_so(server: Server) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    await crowd(server, post, 2)
    asked = await staff.slash(server.channel("staf-kol"), "giveaway batal", judul="#1")
    await staff.click(message_of(asked), label="Ya, batalkan giveaway")
    await server.env.settle()
    await server.env.advance_time(4 * DAY)
    await server.env.settle()

    assert await state_of(server) is GiveawayState.CANCELLED
    assert await winners(server) == []
    assert "dibatalkan oleh tim" in text_of(server.last("giveaway"))
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
    again = await staff.slash(server.channel("staf-kol"), "giveaway akhiri", judul="#1")
    assert "tidak ditemukan" in text_of(again)
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
