"""Applying to a campaign, as creators meet it in Discord: once, in time, and only where it fits."""

import json
from typing import Any

import pytest

from bot.campaigns.application_form import ApplicationForm
from bot.campaigns.models import ApplicationState
from bot.creators.models import Niche, Platform
from bot.platform.audit import Actor
from bot.platform.errors import DomainError, NotFound
from tests.support.campaigns import (
    BRIEF,
    announce,
    apply,
    buttons_of,
    decide,
    in_days,
    open_applicant,
    press_again,
    states,
)
from tests.support.people import add_account, registered_creator
from tests.support.server import Server, message_of, text_of

DAY = 86_400


def sent(server: Server) -> list[dict[str, Any]]:
    """Every message payload that left the bot, answers among them."""
    bodies = [entry.json for entry in server.env.http_requests if isinstance(entry.json, dict)]
    return [body.get("data", body) for body in bodies]


async def test_a_creator_applies_is_accepted_and_hears_it_once(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    post = await announce(server, staff)

    answered = await apply(raka, post, rate="2jt", links="tiktok.com/@raka/video/1")
    assert answered.ephemeral and "Lamaranmu terkirim" in text_of(answered)
    detail = await open_applicant(server, staff)
    for part in ("@raka", "suka skincare", "Rp 2.000.000", "https://tiktok.com/@raka/video/1", "54.700", "3,51%"):
        assert part in text_of(detail)
    decided = await decide(staff, detail, "Terima", "Gaya videomu pas.")
    await server.env.settle()

    assert "1 dari 2 slot terisi" in text_of(decided)
    (news,) = server.dms(raka)
    assert "kamu diterima" in text_of(news) and "Berikutnya" in text_of(news) and "Gaya videomu pas." in text_of(news)
    assert "2.000.000" not in text_of(news)
    status = await raka.user.click(news, label="Status lamaranku")
    assert "Serum Pagi · Diterima" in text_of(status)


async def test_a_creator_applies_once_even_when_pressing_twice(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    post = await announce(server, staff)
    first = await raka.click(post, label="Lamar")
    second = await raka.click(post, label="Lamar")
    pitch = {"pitch": "Audiens saya pas untuk serum."}

    await raka.submit_modal(first, pitch)
    refused = await raka.submit_modal(second, pitch)
    pressed = await raka.click(post, label="Lamar")

    for shown in (refused, pressed):
        assert "Kamu sudah melamar" in text_of(shown) and "Menunggu keputusan" in text_of(shown)
        assert "Pantau terus lewat /kampanye status" in text_of(shown)
    assert pressed.modal is None
    assert await states(server) == [ApplicationState.WAITING]


async def test_people_without_the_role_or_without_an_account_are_led_to_the_registration(server: Server) -> None:
    staff = await server.staff()
    post = await announce(server, staff)
    visitor, halfway = await server.join("tamu"), await server.join("belum", roles=("Kreator",))

    for person in (visitor, halfway):
        refused = await person.click(post, label="Lamar")
        assert refused.ephemeral and refused.modal is None and "/daftar" in text_of(refused)
        listed = await person.slash(server.channel("kampanye"), "kampanye daftar")
        assert "Daftar dulu dengan /daftar" in text_of(listed)
        detail = await person.click(post, label="Syarat lengkap")
        assert "Lamar" not in buttons_of(message_of(detail))
        for answered in (refused, listed, detail):
            assert buttons_of(message_of(answered))["Daftar jadi kreator"]
        asked = await person.click(message_of(refused), label="Daftar jadi kreator")
        assert "datamu" in text_of(asked)

    assert await states(server) == []


async def test_who_does_not_fit_reads_every_reason_with_the_figure(server: Server) -> None:
    staff = await server.staff()
    small = await registered_creator(server, "kecil", followers=4_200, niche=Niche.FOOD, likes=20, comments=1)
    post = await announce(
        server,
        staff,
        accounts={"niches": ["beauty"], "east": ["Bali"]},
        figures={"min_followers": "10rb", "min_engagement": "2"},
    )

    refused = await small.click(post, label="Lamar")

    assert refused.modal is None
    for reason in (
        "Minimal 10.000 followers, akunmu 4.200.",
        "Niche yang dicari Kecantikan, niche akunmu Kuliner.",
        "ER minimal 2%, ER akunmu 0,50%.",
        "Wilayah yang dicari Bali, kamu terdaftar di Jawa Barat.",
    ):
        assert reason in text_of(refused)
    listed = await small.slash(server.channel("kampanye"), "kampanye daftar")
    assert "❌" in text_of(listed) and "+3 syarat lain" in text_of(listed)
    detail = await small.click(post, label="Syarat lengkap")
    assert "akunmu 4.200" in text_of(detail) and "Lamar" not in buttons_of(message_of(detail))


async def test_the_account_that_fits_is_taken_and_of_several_one_is_chosen(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka", followers=20_000)
    post = await announce(server, staff, figures={"min_followers": "10rb"})
    await add_account(server, raka, "raka.kecil", platform=Platform.INSTAGRAM, followers=900)
    alone = await raka.click(post, label="Lamar")
    assert "account" not in json.dumps(alone.modal)
    large = await add_account(server, raka, "raka.besar", platform=Platform.YOUTUBE, followers=90_000)

    several = await raka.click(post, label="Lamar")
    assert "raka.besar" in json.dumps(several.modal) and "raka.kecil" not in json.dumps(several.modal)
    await raka.submit_modal(several, {"account": [str(large)], "pitch": "Kanal saya ulasan skincare."})

    (applicant,) = await server.services.campaigns.applicants(1)
    assert applicant.creator.record.username == "raka.besar"


async def test_an_account_that_does_not_fit_cannot_be_sent_by_a_crafted_form(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    await announce(server, staff, figures={"min_followers": "10rb"})
    small = await add_account(server, raka, "raka.kecil", platform=Platform.INSTAGRAM, followers=900)
    other = await add_account(server, await registered_creator(server, "maya"), "maya2", platform=Platform.X)

    for account in (small, other):
        with pytest.raises(DomainError):
            form = ApplicationForm("Saya cocok sekali.", "", "", str(account))
            await server.services.applications.apply(Actor(raka.id), 1, form)

    assert await states(server) == []


async def test_the_deadline_passes_while_the_form_is_open(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    post = await announce(server, staff, deadline=in_days(server, 1))
    shown = await raka.click(post, label="Lamar")
    await server.env.advance_time(DAY + 1)

    late = await raka.submit_modal(shown, {"pitch": "Audiens saya pas untuk serum."})

    assert "sudah ditutup" in text_of(late) and "/kampanye daftar" in text_of(late)
    assert await states(server) == []


async def test_a_campaign_is_cancelled_while_the_form_is_open(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    post = await announce(server, staff)
    shown = await raka.click(post, label="Lamar")
    asked = await staff.slash(server.channel("staf-kol"), "kampanye-admin batal", judul="#1")
    await staff.click(message_of(asked), label="Ya, batalkan kampanye")

    late = await raka.submit_modal(shown, {"pitch": "Audiens saya pas untuk serum."})

    assert "dibatalkan" in text_of(late)
    assert await states(server) == []


async def test_a_wrong_application_tells_everything_and_nothing_is_typed_twice(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    post = await announce(server, staff)

    refused = await apply(raka, post, pitch="Halo", rate="1.2.3jt", links="lihat bio")
    for problem in ("lebih panjang", "1.2.3jt", "“lihat bio”"):
        assert problem in text_of(refused)
    assert text_of(refused).count("tidak terbaca. Salin") == 1
    assert await states(server) == []
    await server.restart()
    again = await raka.click(message_of(refused), label="Perbaiki")
    assert again.modal is not None
    for typed in ("Halo", "1.2.3jt", "lihat bio"):
        assert typed in json.dumps(again.modal)
    done = await raka.submit_modal(
        again, {"pitch": "Halo, audiens saya pas untuk serum.", "rate": "", "links": "https://a.id/1"}
    )

    assert "terkirim" in text_of(done)
    assert "Ikut tarif kampanye" in text_of(await open_applicant(server, staff))


async def test_a_barter_asks_for_no_rate(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    post = await announce(server, staff, barter="Sepatu lari")

    shown = await raka.click(post, label="Lamar")

    assert "rate" not in json.dumps(shown.modal)


async def test_long_answers_and_smuggled_mentions_do_no_harm(server: Server) -> None:
    staff = await server.staff("sari.kol")
    raka = await registered_creator(server, "raka")
    loud = "@everyone @here <@&1> [gratis](https://jahat.id) "
    post = await announce(server, staff, title="@everyone Serum", brand="@here", brief="@everyone " + BRIEF)
    text = (loud + "*" * 2_000)[:2_000]

    await apply(raka, post, pitch=text, links="https://a.id/" + "x" * 280 + " https://b.id/" + "y" * 280)
    detail = await open_applicant(server, staff)
    await decide(staff, detail, "Tolak", (loud + "z" * 500)[:500])
    await server.env.settle()

    assert "[gratis]" in text_of(detail)
    assert all(before.endswith("\\") for before in text_of(detail).split("[gratis]")[:-1])
    (news,) = server.dms(raka)
    assert not news.mention_everyone
    for message in [*server.messages("kampanye"), *server.messages("staf-kol")]:
        assert not message.mention_everyone and message.raw_role_mentions == []
    for body in sent(server):
        if "embeds" in body or body.get("content"):
            assert body["allowed_mentions"]["parse"] == []


async def test_a_creator_takes_an_application_back_for_good_after_one_question(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    post = await announce(server, staff)
    answered = await apply(raka, post)

    asked = await raka.click(message_of(answered), label="Batalkan lamaran")
    assert "tidak bisa melamar lagi" in text_of(asked) and "Kampanye lain tetap bisa kamu lamar" in text_of(asked)
    assert await states(server) == [ApplicationState.WAITING]
    await server.restart()
    done = await raka.click(message_of(asked), label="Ya, batalkan lamaran")
    again = await raka.click(message_of(answered), label="Batalkan lamaran")
    pressed = await raka.click(post, label="Lamar")

    assert "sudah dibatalkan" in text_of(done)
    assert "sudah kamu batalkan" in text_of(again)
    assert "tidak bisa melamar lagi" in text_of(pressed)
    assert await states(server) == [ApplicationState.WITHDRAWN]


async def test_nobody_takes_back_the_application_of_another(server: Server) -> None:
    staff = await server.staff()
    post = await announce(server, staff)
    await apply(await registered_creator(server, "raka"), post)
    maya = await registered_creator(server, "maya")

    for custom_id in ("tsc:campaign:withdraw:1", "tsc:campaign:withdraw-yes:1"):
        assert "bukan milikmu" in text_of(await press_again(server, maya, custom_id))
    with pytest.raises(NotFound):
        await server.services.applications.withdraw(Actor(maya.id), 1)

    assert await states(server) == [ApplicationState.WAITING]


async def test_an_accepted_creator_is_asked_to_talk_instead_of_vanishing(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    answered = await apply(raka, await announce(server, staff))
    await decide(staff, await open_applicant(server, staff), "Terima")

    refused = await raka.click(message_of(answered), label="Batalkan lamaran")

    assert "sudah diterima" in text_of(refused)
    assert {"Aku tidak bisa ikut", "Butuh bantuan"} <= set(buttons_of(message_of(refused)))


async def test_who_has_heard_the_decision_is_led_on_instead_of_told_to_wait(server: Server) -> None:
    staff = await server.staff()
    post = await announce(server, staff)
    raka, maya = await registered_creator(server, "raka"), await registered_creator(server, "maya")
    await apply(raka, post)
    await apply(maya, post)
    await decide(staff, await open_applicant(server, staff, 1), "Tolak", "Niche kurang pas.")
    await decide(staff, await open_applicant(server, staff, 2), "Terima")

    declined, accepted = await raka.click(post, label="Lamar"), await maya.click(post, label="Lamar")

    assert "Lihat kampanye lain: /kampanye daftar" in text_of(declined)
    assert buttons_of(message_of(declined)) == {"Kampanye lain": True}
    assert "Tunggu kabar Tim KOL, paling lambat 3 hari kerja" in text_of(accepted)
    for answered in (declined, accepted):
        assert "Pantau terus" not in text_of(answered)


async def test_an_account_without_averages_reads_where_to_fill_them_in(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka", likes=None, comments=None)
    post = await announce(server, staff, figures={"min_engagement": "2"})

    refused = await raka.click(post, label="Lamar")

    assert "Isi rata-rata kontenmu lewat /profil > Perbarui data" in text_of(refused)


async def test_the_form_survives_a_restart_before_it_is_sent(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    post = await announce(server, staff)
    await server.restart()
    shown = await raka.click(post, label="Lamar")
    await server.restart()

    done = await raka.submit_modal(shown, {"pitch": "Audiens saya pas untuk serum."})

    assert "terkirim" in text_of(done)
    assert await states(server) == [ApplicationState.WAITING]
