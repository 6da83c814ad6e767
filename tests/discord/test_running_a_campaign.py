"""A campaign from its announcement to its end, as the KOL team runs it in Discord."""

import json

import pytest
from simcord.backend.errors import SetupError

from bot.campaigns.models import CampaignState
from bot.campaigns.reading import FiguresForm
from bot.platform import audit
from bot.platform.audit import Actor
from tests.support.campaigns import (
    BRIEF,
    add_fee,
    announce,
    apply,
    begin_draft,
    buttons_of,
    decide,
    fill,
    in_days,
    open_applicant,
    press_again,
    state_of,
)
from tests.support.people import registered_creator
from tests.support.server import Server, message_of, text_of

DAY = 86_400


async def test_only_the_kol_team_runs_campaigns(server: Server) -> None:
    staff = await server.staff()
    finance = await server.staff("fina", role="Finance")
    member = await server.join("raka", roles=("Kreator",))
    await registered_creator(server, "maya")
    post = await announce(server, staff)
    await apply(await registered_creator(server, "tono"), post)
    await server.env.settle()

    assert not any("kampanye-admin" in name for name in member.available_commands(server.channel("kampanye")))
    for command in ("buat", "daftar"):
        refused = await finance.slash(server.channel("staf-kol"), f"kampanye-admin {command}")
        assert refused.ephemeral and "hanya untuk Tim KOL" in text_of(refused)
    for command in ("ubah", "umumkan", "tutup", "batal", "pelamar"):
        refused = await finance.slash(server.channel("staf-kol"), f"kampanye-admin {command}", judul="#1")
        assert "hanya untuk Tim KOL" in text_of(refused)
        assert await finance.autocomplete(server.channel("staf-kol"), f"kampanye-admin {command}", "judul", "") == []
    board = await finance.click(server.last("staf-kol"), label="Lihat pelamar")
    assert "hanya untuk Tim KOL" in text_of(board)
    assert await state_of(server) is CampaignState.OPEN


async def test_a_button_stops_working_for_staff_who_lost_the_role(server: Server) -> None:
    staff = await server.staff()
    panel = await add_fee(staff, await begin_draft(server, staff))
    assert staff.member is not None
    role = server.bot.get_guild(server.guild.id).get_role(server.role("Tim KOL").id)  # type: ignore[union-attr]
    other = server.bot.get_guild(server.guild.id).get_role(server.role("IT Support").id)  # type: ignore[union-attr]
    await staff.member.add_roles(other)  # type: ignore[arg-type]
    await staff.member.remove_roles(role)  # type: ignore[arg-type]
    await server.env.settle()

    refused = await staff.click(message_of(panel), label="Umumkan")

    assert "hanya untuk Tim KOL" in text_of(refused)
    assert await state_of(server) is CampaignState.DRAFT


async def test_campaigns_are_found_by_part_of_their_title(server: Server) -> None:
    staff = await server.staff()
    await announce(server, staff, title="Serum Pagi")
    await begin_draft(server, staff, title="Serum Malam")
    await begin_draft(server, staff, title="100% Katun", brand="Batik_Jaya")

    async def offered(command: str, typed: str) -> list[str]:
        found = await staff.autocomplete(server.channel("staf-kol"), f"kampanye-admin {command}", "judul", typed)
        return [choice["name"] for choice in found]

    assert await offered("ubah", "serum") == ["Serum Malam · Draf", "Serum Pagi · Dibuka"]
    assert await offered("umumkan", "SERUM") == ["Serum Malam · Draf"]
    assert await offered("tutup", "") == ["Serum Pagi · Dibuka"]
    assert await offered("ubah", "100%") == ["100% Katun · Draf"]
    assert await offered("ubah", "k_j") == ["100% Katun · Draf"]
    assert await offered("ubah", "tidak ada") == []
    unclear = await staff.slash(server.channel("staf-kol"), "kampanye-admin ubah", judul="Serum")
    assert "Pilih salah satu" in text_of(unclear)
    unknown = await staff.slash(server.channel("staf-kol"), "kampanye-admin tutup", judul="#99")
    assert "tidak ditemukan" in text_of(unknown)


async def test_the_deadline_closes_a_campaign_by_itself_and_tells_staff(server: Server) -> None:
    staff = await server.staff()
    post = await announce(server, staff)
    await apply(await registered_creator(server, "raka"), post)

    await server.env.advance_time(7 * DAY + 60)

    assert await state_of(server) is CampaignState.CLOSED
    post = server.last("kampanye")
    assert buttons_of(post) == {"Ditutup": False, "Syarat lengkap": True}
    assert "Lamaran\n**Ditutup** <t:" in text_of(post) and "Lamar sebelum" not in text_of(post)
    (picture,) = post.attachments
    assert "(ditutup)" in (picture.description or "") and "lamaran: Ditutup" in (picture.description or "")
    note = server.last("staf-kol")
    assert "sebelum" not in (picture.description or "")
    assert "Ditutup: Serum Pagi" in text_of(note) and "1 pelamar: 1 menunggu" in text_of(note)
    assert "Serum Pagi" in text_of(await staff.click(note, label="Lihat pelamar"))


async def test_a_campaign_whose_deadline_passed_while_the_bot_was_off_closes_at_start(server: Server) -> None:
    staff = await server.staff()
    await announce(server, staff)

    await server.restart(off_for=9 * DAY)

    assert await state_of(server) is CampaignState.CLOSED
    assert buttons_of(server.last("kampanye"))["Ditutup"] is False
    assert sum("Ditutup: Serum Pagi" in text_of(message) for message in server.messages("staf-kol")) == 1


async def test_moving_the_deadline_moves_the_closing_also_there_and_back(server: Server) -> None:
    staff = await server.staff()
    await announce(server, staff, deadline=in_days(server, 2))
    first, later = in_days(server, 2), in_days(server, 5)
    basics = {"title": "Serum Pagi", "brand": "Wardah", "brief": BRIEF, "slots": "2"}
    panel = await staff.slash(server.channel("staf-kol"), "kampanye-admin ubah", judul="#1")

    panel = await fill(staff, panel, "Ubah isi", basics | {"deadline": later})
    deadline = (await server.services.campaigns.get(1)).basics.deadline_at
    assert f"<t:{deadline}:F>" in text_of(server.last("kampanye"))
    await fill(staff, panel, "Ubah isi", basics | {"deadline": first})
    await fill(staff, panel, "Ubah isi", basics | {"deadline": later})
    await server.env.advance_time(3 * DAY)
    assert await state_of(server) is CampaignState.OPEN
    await server.env.advance_time(2 * DAY + 60)
    assert await state_of(server) is CampaignState.CLOSED


async def test_a_later_deadline_opens_a_closed_campaign_again(server: Server) -> None:
    staff = await server.staff()
    post = await announce(server, staff, deadline=in_days(server, 1))
    await server.env.advance_time(DAY + 60)
    panel = await staff.slash(server.channel("staf-kol"), "kampanye-admin ubah", judul="#1")
    basics = {"title": "Serum Pagi", "brand": "Wardah", "brief": BRIEF, "slots": "5"}
    old = in_days(server, -60 / DAY)

    await fill(staff, panel, "Ubah isi", basics | {"deadline": old})
    assert await state_of(server) is CampaignState.CLOSED
    await fill(staff, panel, "Ubah isi", basics | {"deadline": in_days(server, 2)})

    assert await state_of(server) is CampaignState.OPEN
    post = server.last("kampanye")
    assert buttons_of(post)["Lamar"]
    assert "terkirim" in text_of(await apply(await registered_creator(server, "raka"), post))
    await server.env.advance_time(2 * DAY + 60)
    assert await state_of(server) is CampaignState.CLOSED


async def test_closing_early_asks_once_and_is_told_to_who_comes_second(server: Server) -> None:
    staff = await server.staff()
    post = await announce(server, staff)
    asked = await staff.slash(server.channel("staf-kol"), "kampanye-admin tutup", judul="#1")
    again = await staff.slash(server.channel("staf-kol"), "kampanye-admin tutup", judul="Serum Pagi")
    assert await state_of(server) is CampaignState.OPEN

    closed = await staff.click(message_of(asked), label="Ya, tutup lamaran")
    second = await staff.click(message_of(again), label="Ya, tutup lamaran")

    assert "Belum ada pelamar" in text_of(closed)
    assert "sudah ditutup" in text_of(second)
    await server.env.settle()
    with pytest.raises(SetupError, match="disabled"):
        await (await registered_creator(server, "raka")).click(
            server.last("kampanye"), custom_id="tsc:campaign:apply:1"
        )
    await server.env.advance_time(8 * DAY)
    assert not any("Batas lamarannya" in text_of(message) for message in server.messages("staf-kol"))
    assert post.id == server.last("kampanye").id


async def test_cancelling_tells_every_applicant_once(server: Server) -> None:
    staff = await server.staff()
    post = await announce(server, staff)
    raka, maya = await registered_creator(server, "raka"), await registered_creator(server, "maya")
    await apply(raka, post)
    await apply(maya, post)
    asked = await staff.slash(server.channel("staf-kol"), "kampanye-admin batal", judul="#1")
    again = await staff.slash(server.channel("staf-kol"), "kampanye-admin batal", judul="#1")
    assert "2 pelamarnya langsung dikabari" in text_of(asked)

    done = await staff.click(message_of(asked), label="Ya, batalkan kampanye")
    second = await staff.click(message_of(again), label="Ya, batalkan kampanye")
    await server.env.settle()

    assert "Dibatalkan" in text_of(done)
    assert "sudah dibatalkan" in text_of(second)
    for creator in (raka, maya):
        assert [text_of(message).splitlines()[0] for message in server.dms(creator)] == ["Kampanye dibatalkan"]
    assert buttons_of(server.last("kampanye"))["Dibatalkan"] is False
    status = await raka.slash(server.channel("kampanye"), "kampanye status")
    assert "Kampanye dibatalkan" in text_of(status)


async def test_the_staff_list_shows_every_campaign_and_opens_one(server: Server) -> None:
    staff = await server.staff()
    empty = await staff.slash(server.channel("staf-kol"), "kampanye-admin daftar")
    assert "Belum ada kampanye" in text_of(empty)
    await announce(server, staff, title="Serum Pagi")
    for number in range(9):
        await begin_draft(server, staff, title=f"Draf {number}")

    listed = await staff.slash(server.channel("staf-kol"), "kampanye-admin daftar")
    assert "10 kampanye" in text_of(listed) and "Draf 8 · Draf" in text_of(listed)
    await server.restart()
    turned = await staff.click(message_of(listed), label="Berikutnya")
    assert "Serum Pagi · Dibuka" in text_of(turned)
    opened = await staff.select(message_of(turned), ["1"], custom_id="tsc:campaign:manage")

    assert "dibuka" in message_of(opened).content
    assert {"Tutup lamaran", "Batalkan kampanye", "Ubah isi"} <= set(buttons_of(message_of(opened)))


async def test_every_change_is_on_record_with_who_made_it(server: Server) -> None:
    staff = await server.staff()
    await announce(server, staff, figures={"min_followers": "10rb"})

    entries = await audit.entries(server.services.database.read, subject_kind="campaign", subject_id=1)

    assert [entry.action for entry in entries] == [
        "campaign.created",
        "campaign.reward_changed",
        "campaign.figures_changed",
        "campaign.announced",
    ]
    assert {entry.actor_id for entry in entries} == {staff.id}
    assert "1500000" not in json.dumps([dict(entry.details) for entry in entries])


async def test_a_stale_button_gets_a_friendly_answer(server: Server) -> None:
    staff = await server.staff()
    await begin_draft(server, staff)

    for custom_id in ("tsc:campaign:details:99", "tsc:campaign:details:1", "tsc:campaign:apply:99"):
        creator = await registered_creator(server, f"kreator{len(custom_id)}{custom_id[-2:]}".replace(":", ""))
        answered = await press_again(server, creator, custom_id)
        assert "tidak ada" in text_of(answered)
    assert "sudah tidak ada" in text_of(await press_again(server, staff, "tsc:campaign:applicants:99"))


async def test_a_change_made_before_discord_took_the_announcement_is_not_lost(server: Server) -> None:
    staff = await server.staff()
    panel = await add_fee(staff, await begin_draft(server, staff))
    channel = server.channel("kampanye").id
    # Shorter than the outbox's first pause: the change comes before the second attempt.
    server.env.settle_timeout = 4
    server.env.inject_error("POST", f"/channels/{channel}/messages", status=503, message="unwell", times=1)
    await staff.click(message_of(panel), label="Umumkan")
    assert server.messages("kampanye") == []

    await server.services.campaign_editing.change_figures(Actor(staff.id), 1, FiguresForm("20rb", "", ""))
    await server.restart(off_for=60)
    await server.env.advance_time(60)

    assert "20.000" in text_of(server.last("kampanye"))
    assert not any("tidak terkirim" in text_of(message) for message in server.messages("log-bot"))


async def test_the_panel_of_an_open_campaign_closes_cancels_and_leads_to_its_applicants(server: Server) -> None:
    staff = await server.staff()
    await apply(await registered_creator(server, "raka"), await announce(server, staff))
    panel = message_of(await staff.slash(server.channel("staf-kol"), "kampanye-admin ubah", judul="#1"))

    assert "1 pelamar" in text_of(await staff.click(panel, label="Lihat pelamar"))
    asked = await staff.click(panel, label="Tutup lamaran")
    await staff.click(message_of(asked), label="Ya, tutup lamaran")
    assert await state_of(server) is CampaignState.CLOSED
    asked = await staff.click(panel, label="Batalkan kampanye")
    await staff.click(message_of(asked), label="Ya, batalkan kampanye")
    assert await state_of(server) is CampaignState.CANCELLED

    for button in ("Ubah isi", "Imbalan & gambar", "Syarat akun", "Angka minimal"):
        refused = await staff.click(panel, label=button)
        assert refused.modal is None and "sudah dibatalkan" in text_of(refused)


async def test_an_announcement_that_discord_refused_is_sent_again_once_and_only_then(server: Server) -> None:
    staff = await server.staff()
    panel = await add_fee(staff, await begin_draft(server, staff))
    channel = server.channel("kampanye").id
    server.env.inject_error(
        "POST", f"/channels/{channel}/messages", status=403, code=50001, message="Missing Access", times=1
    )
    await staff.click(message_of(panel), label="Umumkan")
    assert server.messages("kampanye") == []
    assert "tidak bisa disampaikan" in text_of(server.last("log-bot"))

    again = await staff.slash(server.channel("staf-kol"), "kampanye-admin umumkan", judul="#1")
    twice = await staff.slash(server.channel("staf-kol"), "kampanye-admin umumkan", judul="#1")
    await server.env.settle()

    assert "dikirim ulang" in text_of(again)
    assert "sudah diumumkan" in text_of(twice)
    assert len(server.messages("kampanye")) == 1
    assert buttons_of(server.last("kampanye")) == {"Lamar": True, "Syarat lengkap": True}


async def test_what_an_accepted_creator_agreed_to_does_not_change_behind_their_back(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    await apply(raka, await announce(server, staff))
    await decide(staff, await open_applicant(server, staff), "Terima", "Pas.")
    panel = await staff.slash(server.channel("staf-kol"), "kampanye-admin ubah", judul="#1")

    refused = await fill(staff, panel, "Imbalan & gambar", {"kind": ["fee"], "fee": "500rb", "public": ["yes"]})

    assert "1 kreator sudah diterima" in text_of(refused)
    reward = (await server.services.campaigns.get(1)).reward
    assert reward is not None and reward.fee == 1_500_000
