"""A campaign from its first form to its announcement, as the KOL team writes it in Discord."""

import io
import json

from PIL import Image

from bot.campaigns.models import CampaignState
from bot.creators.models import Niche
from bot.platform.indonesian import PROVINCES
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
    state_of,
)
from tests.support.people import registered_creator
from tests.support.server import Server, message_of, text_of

DAY = 86_400


async def test_staff_write_preview_and_announce_a_campaign_with_a_picture(server: Server) -> None:
    staff = await server.staff()

    panel = await begin_draft(server, staff)
    assert panel.ephemeral
    assert "Draf tersimpan" in text_of(panel)
    assert "Umumkan" not in buttons_of(message_of(panel))
    panel = await add_fee(staff, panel)
    panel = await fill(
        staff, panel, "Syarat akun", {"platforms": ["tiktok"], "niches": ["beauty"], "west": ["Jawa Barat"]}
    )
    panel = await fill(staff, panel, "Angka minimal", {"min_followers": "10rb", "min_engagement": "2,5"})
    preview = message_of(panel)
    assert "Pratinjau" in preview.content
    assert buttons_of(preview)["Lamar"] is False
    assert server.messages("kampanye") == []
    shown, shown_picture = preview.embeds[0].to_dict(), await preview.attachments[0].read()

    done = await staff.click(preview, label="Umumkan")

    assert "Diumumkan" in text_of(done)
    post = server.last("kampanye")
    posted = post.embeds[0].to_dict()
    assert await post.attachments[0].read() == shown_picture
    assert {key: posted[key] for key in ("title", "description", "fields")} == {
        key: shown[key] for key in ("title", "description", "fields")
    }
    told = text_of(post)
    for part in (BRIEF, "Rp 1.500.000", "2 kreator", "10.000", "2,50%", "Kecantikan", "Jawa Barat", "TikTok"):
        assert part in told
    deadline = (await server.services.campaigns.get(1)).basics.deadline_at
    assert f"<t:{deadline}:F>" in told and f"<t:{deadline}:R>" in told
    assert buttons_of(post) == {"Lamar": True, "Syarat lengkap": True}
    assert post.attachments[0].description and "Serum Pagi" in post.attachments[0].description


async def test_a_draft_survives_a_restart_between_any_two_steps(server: Server) -> None:
    staff = await server.staff()
    panel = await begin_draft(server, staff)
    await server.restart()
    shown = await staff.click(message_of(panel), label="Isi imbalan & gambar")
    await server.restart()
    panel = await staff.submit_modal(shown, {"kind": ["fee"], "fee": "750rb", "public": ["yes"]})
    await server.restart()

    await staff.click(message_of(panel), label="Umumkan")
    await server.restart()

    assert "Rp 750.000" in text_of(server.last("kampanye"))
    assert len(server.messages("kampanye")) == 1


async def test_a_campaign_is_posted_once_however_often_announce_is_pressed(server: Server) -> None:
    staff, colleague = await server.staff(), await server.staff("dodi.kol")
    panel = await add_fee(staff, await begin_draft(server, staff))
    other = await colleague.slash(server.channel("staf-kol"), "kampanye-admin umumkan", judul="Serum Pagi")

    await staff.click(message_of(panel), label="Umumkan")
    second = await colleague.click(message_of(other), label="Umumkan")

    assert f"sudah diumumkan oleh <@{staff.id}>" in text_of(second)
    await server.env.settle()
    assert len(server.messages("kampanye")) == 1


async def test_what_is_announced_is_what_was_previewed(server: Server) -> None:
    staff, colleague = await server.staff(), await server.staff("dodi.kol")
    panel = await add_fee(staff, await begin_draft(server, staff))
    other = await colleague.slash(server.channel("staf-kol"), "kampanye-admin ubah", judul="#1")
    await fill(colleague, other, "Angka minimal", {"min_followers": "1jt"})

    refused = await staff.click(message_of(panel), label="Umumkan")

    assert "sudah diubah sejak pratinjau" in text_of(refused)
    assert server.messages("kampanye") == []


async def test_a_wrong_form_tells_everything_and_brings_the_text_back(server: Server) -> None:
    staff = await server.staff()

    refused = await begin_draft(server, staff, slots="nol", deadline="1/1/2024")
    assert "slot" in text_of(refused) and "sudah lewat" in text_of(refused)
    again = await staff.click(message_of(refused), label="Perbaiki")

    assert again.modal is not None and BRIEF in json.dumps(again.modal)
    fixed = await staff.submit_modal(
        again,
        {"title": "Serum", "brand": "Wardah", "brief": BRIEF, "slots": "3", "deadline": in_days(server, 3)},
    )
    assert "Draf tersimpan" in text_of(fixed)
    _, total = await server.services.campaigns.all_campaigns(limit=5)
    assert total == 1


async def test_a_reward_must_say_what_it_is(server: Server) -> None:
    staff = await server.staff()
    panel = await begin_draft(server, staff)

    for wrong, told in (("1.2.3jt", "1.2.3jt"), ("", "belum diisi"), ("2,5M", "tidak terbaca")):
        refused = await add_fee(staff, panel, fee=wrong)
        assert told in text_of(refused)

    assert (await server.services.campaigns.get(1)).reward is None


async def test_a_barter_and_a_fee_kept_from_creators(server: Server) -> None:
    staff = await server.staff()
    creator = await registered_creator(server, "raka")

    barter = await announce(server, staff, title="Sepatu", barter="Sepatu lari senilai Rp 900.000")
    assert "Barter: Sepatu lari" in text_of(barter)
    hidden = await announce(server, staff, title="Rahasia", public="no")

    assert "1.500.000" not in text_of(hidden) and "dibahas dengan yang terpilih" in text_of(hidden)
    rows = await server.services.database.read.fetch_all("SELECT payload FROM outbox_message")
    assert not any("1.500.000" in row["payload"] for row in rows)
    assert "1.500.000" not in text_of(await creator.click(hidden, label="Syarat lengkap"))
    assert "1.500.000" not in text_of(await creator.slash(server.channel("kampanye"), "kampanye daftar"))
    staff_panel = await staff.slash(server.channel("staf-kol"), "kampanye-admin ubah", judul="Rahasia")
    assert "Rp 1.500.000" in text_of(staff_panel)


async def test_a_product_picture_is_checked_shown_replaced_and_taken_away(server: Server) -> None:
    staff = await server.staff()
    panel = await add_fee(staff, await begin_draft(server, staff))
    plain = await message_of(panel).attachments[0].read()
    reward = {"kind": ["fee"], "fee": "1jt", "public": ["yes"]}

    refused = await fill(staff, panel, "Imbalan & gambar", reward | {"picture": [("serum.png", b"MZ not a picture")]})
    assert "Kirim gambar" in text_of(refused)
    assert (await server.services.campaigns.get(1)).image_file_id is None

    picture = io.BytesIO()
    Image.new("RGB", (900, 600), (200, 30, 90)).save(picture, "PNG")
    panel = await fill(staff, panel, "Imbalan & gambar", reward | {"picture": [("serum.png", picture.getvalue())]})
    assert await message_of(panel).attachments[0].read() != plain
    assert (await server.services.campaigns.get(1)).image_file_id is not None
    panel = await staff.click(message_of(panel), label="Hapus gambar")
    assert (await server.services.campaigns.get(1)).image_file_id is None
    assert "Hapus gambar" not in buttons_of(message_of(panel))


async def test_a_draft_is_thrown_away_after_one_question(server: Server) -> None:
    staff = await server.staff()
    panel = await begin_draft(server, staff)

    asked = await staff.click(message_of(panel), label="Buang")
    kept = await staff.click(message_of(asked), label="Tidak jadi")
    assert "Tidak ada yang berubah" in text_of(kept)
    assert await state_of(server) is CampaignState.DRAFT
    asked = await staff.click(message_of(panel), label="Buang")
    gone = await staff.click(message_of(asked), label="Ya, buang draf")

    assert "dibuang" in text_of(gone)
    assert "sudah tidak ada" in text_of(await staff.click(message_of(panel), label="Ubah isi"))


async def test_buttons_of_a_discarded_draft_never_act_on_a_later_one(server: Server) -> None:
    staff = await server.staff()
    old = await add_fee(staff, await begin_draft(server, staff))
    asked = await staff.click(message_of(old), label="Buang")
    await staff.click(message_of(asked), label="Ya, buang draf")
    await add_fee(staff, await begin_draft(server, staff, title="Sepatu"))

    refused = await staff.click(message_of(old), label="Umumkan")

    assert "sudah tidak ada" in text_of(refused)
    assert server.messages("kampanye") == []
    listed = await staff.slash(server.channel("staf-kol"), "kampanye-admin daftar")
    assert "1 kampanye" in text_of(listed) and "Serum Pagi" not in text_of(listed)


async def test_without_a_campaign_channel_nothing_is_announced(bare_server: Server) -> None:
    server = bare_server
    await server.set_up()
    staff = await server.staff()
    panel = await add_fee(staff, await begin_draft(server, staff))
    places = server.services.server.places
    del places.channels["campaigns"]

    refused = await staff.click(message_of(panel), label="Umumkan")

    assert "/pengaturan siapkan" in text_of(refused)
    assert await state_of(server) is CampaignState.DRAFT


async def test_a_draft_that_waited_too_long_needs_a_new_deadline_before_it_is_announced(server: Server) -> None:
    staff = await server.staff()
    panel = await add_fee(staff, await begin_draft(server, staff, deadline=in_days(server, 1)))
    await server.env.advance_time(2 * DAY)

    refused = await staff.click(message_of(panel), label="Umumkan")
    assert "Batas lamarannya sudah lewat" in text_of(refused)
    basics = {"title": "Serum Pagi", "brand": "Wardah", "brief": BRIEF, "slots": "2", "deadline": in_days(server, 3)}
    panel = await fill(staff, panel, "Ubah isi", basics)
    await staff.click(message_of(panel), label="Umumkan")

    assert await state_of(server) is CampaignState.OPEN


async def test_lists_of_campaigns_with_the_longest_texts_still_fit_into_a_message(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka", followers=100, niche=Niche.OTHER, region=None)
    every_niche = [niche.value for niche in Niche if niche is not Niche.OTHER]
    long = {"title": "T" * 100, "brand": "B" * 80, "brief": "kata " * 399, "barter": "kata " * 99}
    for number in range(9):
        strict = {"niches": every_niche, "tiers": ["mega"], "west": list(PROVINCES[:16])} if number % 2 else None
        post = await announce(server, staff, **long, accounts=strict)
        if number % 2 == 0:
            await apply(raka, post, pitch="*" * 2_000)
    for number in range(1, 6):
        detail = await open_applicant(server, staff, number, f"#{2 * number - 1}")
        await decide(staff, detail, "Cadangan", "alasan " * 70)

    listed = await staff.slash(server.channel("staf-kol"), "kampanye-admin daftar")
    found = await raka.slash(server.channel("kampanye"), "kampanye daftar")
    mine = await raka.slash(server.channel("kampanye"), "kampanye status")
    detail = await raka.slash(server.channel("kampanye"), "kampanye detail", judul="#2")

    # What was sent is checked against Discord's limits when the story ends.
    for shown in (listed, found, mine, detail):
        assert "TTT" in text_of(shown) and len(text_of(shown)) <= 6_000
