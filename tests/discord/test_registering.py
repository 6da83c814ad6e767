"""/daftar, from consent to the Kreator role, and everything that may go wrong on the way."""

import random
from typing import Any

import pytest
from simcord.actors import MemberActor

from bot.creators.models import CreatorKey, Platform
from bot.creators.store import Creator
from bot.onboarding import store
from bot.onboarding.models import Registration
from bot.platform import audit
from tests.support.registering import ABOUT, ACCOUNT, AVERAGES, Registering, screenshot
from tests.support.server import Server, message_of, text_of

PHONE = "+6281234567890"


@pytest.fixture
async def raka(server: Server) -> MemberActor:
    return await server.join("raka")


async def creator(
    server: Server, username: str = "raka.cerita", platform: Platform = Platform.TIKTOK
) -> Creator | None:
    return await server.services.creators.find(CreatorKey(platform, username))


async def sent(server: Server, member: MemberActor) -> list[Registration]:
    return await store.registrations_of(server.services.database.read, member.id)


async def stored(server: Server) -> dict[str, int]:
    tables = ("registration", "registration_draft", "creator", "form_draft", "stored_file")
    rows = {table: await server.services.database.read.fetch_all(f"SELECT id FROM {table}") for table in tables}
    return {table: len(found) for table, found in rows.items() if found}


def defaults(modal: dict[str, Any]) -> dict[str, Any]:
    """What an opened form is filled in with."""
    found: dict[str, Any] = {}
    for label in modal["components"]:
        field = label["component"]
        if "options" in field:
            found[field["custom_id"]] = [one["value"] for one in field["options"] if one.get("default")]
        elif "value" in field:
            found[field["custom_id"]] = field["value"]
    return found


async def test_a_creator_registers_and_gets_the_roles(server: Server, raka: MemberActor) -> None:
    result = await Registering(server, raka).send()

    assert "Kamu resmi jadi kreator TSC" in text_of(result)
    assert server.roles_of(raka) == {"Kreator", "Kreator TikTok", "Niche Kuliner", "Niche Wisata"}
    account = await creator(server)
    assert account is not None
    assert (account.member_id, account.city, account.region) == (raka.id, "Bandung", "Jawa Barat")
    assert account.record.metrics.followers == 12_400
    assert (account.record.metrics.avg_likes, account.record.metrics.avg_shares) == (1_200, None)
    [registration] = await sent(server, raka)
    assert registration.consent.at > 0
    row = await server.services.onboarding.member(raka.id)
    assert row is not None and row.registered_at is not None


async def test_every_step_is_seen_by_nobody_else(server: Server, raka: MemberActor) -> None:
    before = len(server.messages("bantuan"))
    registering = Registering(server, raka)
    await registering.send()

    assert registering.message.ephemeral
    assert len(server.messages("bantuan")) == before


async def test_staff_see_the_new_registration_with_the_contact_masked(server: Server, raka: MemberActor) -> None:
    await Registering(server, raka).send()

    notice = text_of(server.last("staf-kol"))

    assert "Registrasi baru" in notice
    assert "[@raka.cerita](https://www.tiktok.com/@raka.cerita)" in notice
    assert "••••7890" in notice
    assert PHONE not in notice and "0812" not in notice


async def test_the_contact_is_nowhere_in_clear(server: Server, raka: MemberActor) -> None:
    await Registering(server, raka).send()
    await server.services.database.close()

    content = b"".join(path.read_bytes() for path in server.bot.settings.database.parent.glob("store.db*"))

    assert b"81234567890" not in content
    assert b"812-3456" not in content


async def test_consent_comes_first_and_without_it_nothing_is_kept(server: Server, raka: MemberActor) -> None:
    registering = Registering(server, raka)

    asked = text_of(await registering.begin())
    refused = await registering.press("Tidak setuju")

    assert "Yang kami simpan" in asked and "Hakmu" in asked
    assert "Tidak ada isian yang kami simpan" in text_of(refused)
    assert await stored(server) == {}


async def test_under_eighteen_is_refused_kindly_and_nothing_is_kept(server: Server, raka: MemberActor) -> None:
    registering = Registering(server, raka)
    await registering.agree()

    result = await registering.fill(ABOUT, age=["under_18"], contact="bukan kontak")

    assert "mulai 18 tahun" in text_of(result) and "/tiket buka" in text_of(result)
    assert "Tidak ada isianmu yang kami simpan" in text_of(result)
    assert await stored(server) == {}
    assert server.roles_of(raka) == set()


async def test_who_chose_under_eighteen_is_answered_kindly_for_a_day_and_staff_learn_of_it_later(
    server: Server, raka: MemberActor
) -> None:
    registering = Registering(server, raka)
    await registering.agree()
    await registering.fill(ABOUT, age=["under_18"])

    again = await Registering(server, raka).begin()
    assert "Tadi kamu memilih di bawah 18 tahun" in text_of(again)
    assert await stored(server) == {}
    await server.env.advance_time(86_400 + 60)
    await Registering(server, raka).send()

    assert "Pernah memilih “di bawah 18 tahun”" in text_of(server.last("staf-kol"))


async def test_a_form_open_since_before_the_refusal_keeps_nothing(server: Server, raka: MemberActor) -> None:
    registering, other = Registering(server, raka), Registering(server, raka)
    await registering.agree()
    await other.begin()
    await other.press("Isi data diri")
    await registering.fill(ABOUT, age=["under_18"])

    late = await other.fill(ABOUT)

    assert "Tadi kamu memilih di bawah 18 tahun" in text_of(late)
    assert await stored(server) == {}


async def test_changing_the_age_to_under_eighteen_also_forgets_the_refused_form(
    server: Server, raka: MemberActor
) -> None:
    registering = Registering(server, raka)
    await registering.agree()
    await registering.fill(ABOUT, contact="bukan kontak")
    assert (await stored(server))["form_draft"] == 1

    await registering.press("Perbaiki")
    await registering.fill(ABOUT, age=["under_18"])

    assert await stored(server) == {}


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("province", "Wakanda", "Provinsi “Wakanda” tidak dikenal"),
        ("province", "jawa", "Maksudmu Jawa Barat"),
        ("city", "<@123> `hai`", "Kota/kabupaten hanya boleh berisi huruf"),
        ("city", "Band\u202eung", "Kota/kabupaten belum benar"),
        ("contact", "12345", "Kontak belum benar"),
        ("contact", "raka@localhost", "Kontak belum benar"),
    ],
)
async def test_a_wrong_answer_about_oneself_is_explained_and_can_be_corrected(
    server: Server, raka: MemberActor, field: str, typed: str, told: str
) -> None:
    registering = Registering(server, raka)
    await registering.agree()

    refused = await registering.fill(ABOUT, **{field: typed})
    assert told in text_of(refused)
    reopened = await registering.press("Perbaiki")
    assert reopened.modal is not None
    assert defaults(reopened.modal) == {name: value for name, value in (ABOUT | {field: typed}).items()}
    corrected = await registering.fill(ABOUT)

    assert "Langkah 2 dari 3" in text_of(corrected)


async def test_a_refused_contact_is_not_repeated_in_the_answer(server: Server, raka: MemberActor) -> None:
    registering = Registering(server, raka)
    await registering.agree()

    refused = await registering.fill(ABOUT, contact="0812 rahasia 3456")

    assert "rahasia" not in text_of(refused)


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("followers", "1.2.3jt", "Angka “1.2.3jt” tidak jelas"),
        ("followers", "banyak", "tidak terbaca"),
        ("followers", "-5", "lebih dari 0"),
        ("username", "ra ka!", "bukan username TikTok"),
        ("username", "raka\u200bcerita", "karakter tersembunyi"),
        ("username", "@everyone \u202e", "karakter tersembunyi"),
        ("username", "=HYPERLINK(1)", "berisi rumus"),
        ("username", "https://www.instagram.com/raka/", "bukan link profil TikTok"),
        ("username", "x" * 300, "bukan username TikTok"),
    ],
)
async def test_a_wrong_answer_about_the_account_is_explained_and_nothing_is_kept_of_it(
    server: Server, raka: MemberActor, field: str, typed: str, told: str
) -> None:
    registering = Registering(server, raka)
    await registering.agree()
    await registering.fill(ABOUT)
    await registering.press("Isi akun")

    refused = await registering.fill(ACCOUNT, **{field: typed})

    assert told in text_of(refused)
    draft = await server.services.registrations.drafts.current(raka.id)
    assert draft is not None and draft.account is None


async def test_all_problems_of_a_form_are_told_at_once(server: Server, raka: MemberActor) -> None:
    registering = Registering(server, raka)
    await registering.agree()

    refused = text_of(await registering.fill(ABOUT, province="Wakanda", contact="x"))

    assert "Provinsi" in refused and "Kontak" in refused
    assert "File" not in refused


@pytest.mark.parametrize("typed", ["1.2.3jt", "-4", "2" * 40, "12.5"])
async def test_wrong_averages_are_explained_before_any_upload_is_looked_at(
    server: Server, raka: MemberActor, typed: str
) -> None:
    registering = Registering(server, raka)
    await registering.agree()
    await registering.fill(ABOUT)
    await registering.press("Isi akun")
    await registering.fill(ACCOUNT)
    await registering.press("Isi rata-rata")

    refused = await registering.fill(AVERAGES, views=typed, insight=("insight.png", screenshot()))

    assert "Views:" in text_of(refused)
    assert "stored_file" not in await stored(server)


@pytest.mark.parametrize(
    ("upload", "told"),
    [
        (("insight.png", b"MZ\x90\x00 not a picture at all"), "Jenis file ini tidak bisa dipakai"),
        (("insight.png", screenshot()[:60]), "rusak atau tidak utuh"),
        (("insight.png", b""), "kosong"),
        (("insight.png", b"\x89PNG\r\n\x1a\n" + bytes(9 * 1024 * 1024)), "paling besar 8 MB"),
    ],
)
async def test_a_bad_picture_is_refused_and_the_figures_can_be_sent_again(
    server: Server, raka: MemberActor, upload: tuple[str, bytes], told: str
) -> None:
    registering = Registering(server, raka)
    await registering.agree()
    await registering.fill(ABOUT)
    await registering.press("Isi akun")
    await registering.fill(ACCOUNT)
    await registering.press("Isi rata-rata")

    refused = await registering.fill(AVERAGES, insight=upload)
    assert told in text_of(refused) and "File perlu diunggah ulang" in text_of(refused)
    reopened = await registering.press("Perbaiki")
    assert reopened.modal is not None
    assert defaults(reopened.modal)["likes"] == "1,2rb"
    result = await registering.fill(AVERAGES)

    assert "Cek dulu, sudah benar?" in text_of(result)


async def test_an_insight_screenshot_reaches_staff_and_the_look_is_recorded(server: Server, raka: MemberActor) -> None:
    staff = await server.staff()
    registering = Registering(server, raka)
    await registering.up_to_summary()
    await registering.press("Ubah rata-rata")
    await registering.fill(AVERAGES, insight=("insight.png", screenshot()))
    assert "Screenshot insight: ada" in text_of(registering.shown)
    await registering.press("Kirim")

    shown = await staff.click(server.last("staf-kol"), label="Lihat insight")

    assert shown.ephemeral
    assert shown.response is not None
    assert [file.filename for file in shown.response.attachments] == ["insight-1.png"]
    entries = await audit.entries(server.services.database.read, subject_kind="registration", subject_id=1)
    assert [(one.action, one.actor_id) for one in entries] == [
        ("registration.sent", raka.id),
        ("registration.screenshot_seen", staff.id),
    ]


async def test_averages_may_be_skipped_knowing_what_it_costs(server: Server, raka: MemberActor) -> None:
    registering = Registering(server, raka)
    await registering.agree()
    await registering.fill(ABOUT)
    await registering.press("Isi akun")
    asked = text_of(await registering.fill(ACCOUNT))
    assert "ER minimal belum bisa dilamar. Bisa diisi nanti lewat /profil" in asked
    await registering.press("Lewati")

    result = await registering.press("Kirim")

    assert "Kamu resmi jadi kreator TSC" in text_of(result)


async def test_the_summary_shows_everything_and_can_be_changed_before_sending(
    server: Server, raka: MemberActor
) -> None:
    registering = Registering(server, raka)
    summary = text_of(await registering.up_to_summary())
    for shown in ("raka.cerita", "12.400", "Kuliner, Wisata", "25-34 tahun", "Bandung, Jawa Barat", "••••7890"):
        assert shown in summary

    opened = await registering.press("Ubah akun")
    assert opened.modal is not None
    assert defaults(opened.modal) == {
        "platform": ["tiktok"],
        "username": "raka.cerita",
        "followers": "12400",
        "niches": ["food", "travel"],
    }
    await registering.fill(ACCOUNT, username="raka.baru", niches=["beauty"])
    await registering.press("Ubah data diri")
    changed = text_of(await registering.fill(ABOUT, city="Kab. Sleman", province="DIY"))
    await registering.press("Kirim")

    assert "Kab. Sleman, DI Yogyakarta" in changed
    assert await creator(server, "raka.cerita") is None
    assert await creator(server, "raka.baru") is not None
    assert "Niche Kecantikan" in server.roles_of(raka)


async def test_pressing_send_on_an_outdated_summary_shows_the_new_one(server: Server, raka: MemberActor) -> None:
    registering = Registering(server, raka)
    await registering.up_to_summary()
    again = Registering(server, raka)
    await again.begin()
    await again.press("Ubah akun")
    await again.fill(ACCOUNT, username="raka.baru")

    result = await registering.press("Kirim")

    assert "Cek dulu, sudah benar?" in text_of(result) and "raka.baru" in text_of(result)
    assert await sent(server, raka) == []


async def test_sending_twice_registers_once(server: Server, raka: MemberActor) -> None:
    registering = Registering(server, raka)
    await registering.up_to_summary()
    again = Registering(server, raka)
    await again.begin()

    await registering.press("Kirim")
    second = await again.press("Kirim")

    assert "sudah terdaftar atas namamu" in text_of(second)
    assert len(await sent(server, raka)) == 1
    assert len(server.messages("staf-kol")) == 1


@pytest.mark.parametrize("step", range(7))
async def test_a_restart_between_any_two_steps_loses_nothing(server: Server, raka: MemberActor, step: int) -> None:
    registering = Registering(server, raka)

    async def perhaps_restart(now: int) -> None:
        if now == step:
            await server.restart()

    await registering.begin()
    await perhaps_restart(0)
    await registering.press("Setuju & mulai")
    await perhaps_restart(1)
    await registering.fill(ABOUT)
    await perhaps_restart(2)
    await registering.press("Isi akun")
    await perhaps_restart(3)
    await registering.fill(ACCOUNT)
    await perhaps_restart(4)
    await registering.press("Isi rata-rata")
    await perhaps_restart(5)
    await registering.fill(AVERAGES)
    await perhaps_restart(6)
    result = await registering.press("Kirim")

    assert "Kamu resmi jadi kreator TSC" in text_of(result)
    assert "Kreator" in server.roles_of(raka)


async def test_a_begun_registration_is_picked_up_with_daftar(server: Server, raka: MemberActor) -> None:
    registering = Registering(server, raka)
    await registering.agree()
    await registering.fill(ABOUT)
    await server.restart()
    await server.env.advance_time(6 * 86_400)

    resumed = await Registering(server, raka).begin()

    assert "Langkah 2 dari 3" in text_of(resumed)


async def test_what_is_not_finished_within_a_week_is_forgotten(server: Server, raka: MemberActor) -> None:
    registering = Registering(server, raka)
    await registering.agree()
    await registering.fill(ABOUT)
    await server.env.advance_time(8 * 86_400)

    stale = await registering.press("Isi akun")

    assert "Mulai lagi dengan /daftar" in text_of(stale)
    assert "registration_draft" not in await stored(server)


async def test_what_was_typed_can_be_thrown_away(server: Server, raka: MemberActor) -> None:
    registering = Registering(server, raka)
    await registering.up_to_summary()
    await registering.press("Hapus isian")
    kept = await registering.press("Tidak jadi")
    assert "Tidak ada yang berubah" in text_of(kept)
    assert "registration_draft" in await stored(server)

    again = Registering(server, raka)
    await again.begin()
    await again.press("Hapus isian")
    result = await again.press("Ya, hapus")

    assert "Isianmu sudah dihapus" in text_of(result)
    assert await stored(server) == {}


@pytest.mark.parametrize("button", ["Kirim", "Ubah akun", "Ubah data diri", "Ubah rata-rata"])
async def test_the_buttons_of_a_forgotten_registration_say_so(server: Server, raka: MemberActor, button: str) -> None:
    registering = Registering(server, raka)
    await registering.up_to_summary()
    await server.services.registrations.drafts.forget(raka.id)

    result = await registering.press(button)

    assert "/daftar" in text_of(result)
    assert await sent(server, raka) == []


async def test_a_second_account_asks_only_what_is_new(server: Server, raka: MemberActor) -> None:
    await Registering(server, raka).send()
    registering = Registering(server, raka)
    begun = await registering.begin()
    assert "Kamu sudah terdaftar" in text_of(begun)

    opened = await registering.press("Tambah akun")
    assert opened.modal is not None and opened.modal["title"] == "Langkah 2 dari 3: akunmu"
    await registering.fill(ACCOUNT, platform=["instagram"], username="raka.ig", niches=["beauty"])
    await registering.press("Lewati")
    result = await registering.press("Kirim")

    assert "Akun barumu sudah terdaftar" in text_of(result)
    account = await creator(server, "raka.ig", Platform.INSTAGRAM)
    assert account is not None and (account.member_id, account.region) == (raka.id, "Jawa Barat")
    assert {"Kreator Instagram", "Kreator TikTok", "Niche Kecantikan", "Niche Kuliner"} <= server.roles_of(raka)


async def test_a_second_account_is_begun_with_its_first_answer_and_can_be_dropped(
    server: Server, raka: MemberActor
) -> None:
    await Registering(server, raka).send()
    registering = Registering(server, raka)
    await registering.begin()
    await registering.press("Tambah akun")
    assert "registration_draft" not in await stored(server)
    await registering.fill(ACCOUNT, username="raka.dua")

    resumed = Registering(server, raka)
    shown = text_of(await resumed.begin())
    asked = text_of(await resumed.press("Hapus isian"))
    await resumed.press("Ya, hapus")

    assert "Langkah 3 dari 3" in shown and "Kamu sudah terdaftar ✅" in shown and "raka.cerita" in shown
    assert "Hapus akun tambahan yang belum dikirim?" in asked
    assert "Kamu sudah terdaftar ✅" in text_of(await Registering(server, raka).begin())
    assert await creator(server) is not None


async def test_consent_is_asked_again_when_its_text_has_changed(server: Server, raka: MemberActor) -> None:
    await Registering(server, raka).send()
    async with server.services.database.unit() as tx:
        await tx.execute("UPDATE registration SET consent_version = '2020-01'")
    registering = Registering(server, raka)
    await registering.begin()

    asked = text_of(await registering.press("Tambah akun"))
    opened = await registering.press("Setuju & mulai")

    assert "Yang kami simpan" in asked
    assert opened.modal is not None and opened.modal["title"] == "Langkah 2 dari 3: akunmu"


async def test_an_insight_screenshot_is_gone_after_ninety_days_and_staff_are_told(
    server: Server, raka: MemberActor
) -> None:
    staff = await server.staff()
    registering = Registering(server, raka)
    await registering.agree()
    await registering.fill(ABOUT)
    await registering.press("Isi akun")
    await registering.fill(ACCOUNT)
    await registering.press("Isi rata-rata")
    await registering.fill(AVERAGES, insight=("insight.png", screenshot()))
    await registering.press("Kirim")
    await server.env.advance_time(92 * 86_400)

    result = await staff.click(server.last("staf-kol"), label="Lihat insight")

    assert "sudah tidak ada" in text_of(result)
    assert "Kreator" in server.roles_of(raka)


async def test_the_same_account_again_gets_a_friendly_answer(server: Server, raka: MemberActor) -> None:
    await Registering(server, raka).send()
    registering = Registering(server, raka)
    await registering.begin()
    await registering.press("Tambah akun")

    result = await registering.fill(ACCOUNT, username="https://www.tiktok.com/@Raka.Cerita?lang=id")

    assert "sudah terdaftar atas namamu" in text_of(result)
    assert len(await sent(server, raka)) == 1


async def test_registering_starts_from_the_panel_for_somebody_whose_joining_was_never_seen(server: Server) -> None:
    await server.bot.remove_cog("OnboardingCog")
    raka = await server.join("raka")
    registering = Registering(server, raka)
    registering.shown = await raka.click(server.last("mulai-di-sini"), label="Daftar jadi kreator")
    await registering.press("Setuju & mulai")

    result = await registering.fill(ABOUT)

    assert "Langkah 2 dari 3" in text_of(result)


async def test_the_profile_shows_what_is_held_with_the_contact_masked(server: Server, raka: MemberActor) -> None:
    await Registering(server, raka).send()

    result = await raka.slash(server.channel("bantuan"), "profil")

    text = text_of(result)
    assert result.ephemeral
    for shown in (
        "TikTok @raka.cerita",
        "12.400",
        "Bandung, Jawa Barat",
        "••••7890",
        "Persetujuan data",
        "Anggota ke-2",
    ):
        assert shown in text
    assert "81234567890" not in text


async def test_the_profile_of_somebody_unregistered_leads_to_daftar(server: Server, raka: MemberActor) -> None:
    result = await raka.slash(server.channel("bantuan"), "profil")

    assert "belum terdaftar" in text_of(result)
    assert "Sebelum mulai: datamu" in text_of(await raka.click(result.response.message, label="Daftar jadi kreator"))  # type: ignore[union-attr]


async def test_rules_are_offered_after_registering_when_they_were_not_accepted(
    server: Server, raka: MemberActor
) -> None:
    registering = Registering(server, raka)
    done = text_of(await registering.send())
    await registering.press("Setujui aturan")

    result = await registering.press("Saya setuju")

    assert "kamu belum menyetujui aturan komunitas" in done
    assert "lihat kampanye" in text_of(result)


async def test_who_has_accepted_the_rules_is_not_reminded_of_them(server: Server, raka: MemberActor) -> None:
    rules = await raka.click(server.last("selamat-datang"), label="Setujui aturan")
    await raka.click(message_of(rules), label="Saya setuju")

    assert "belum menyetujui" not in text_of(await Registering(server, raka).send())


async def test_names_with_underscores_are_not_read_as_formatting(server: Server, raka: MemberActor) -> None:
    await Registering(server, raka).send(username="_raka_cerita_")

    assert "[@\\_raka\\_cerita\\_](https://www.tiktok.com/@_raka_cerita_)" in text_of(server.last("staf-kol"))


async def test_many_people_register_one_after_another_without_mixing_up(server: Server) -> None:
    people = [await server.join(f"kreator{number}") for number in range(3)]
    shuffled = [*people]
    random.Random(7).shuffle(shuffled)
    ways = {one.id: Registering(server, one) for one in people}
    for one in shuffled:
        await ways[one.id].up_to_summary(username=f"akun.{one.name}")

    for one in people:
        await ways[one.id].press("Kirim")

    owners = [(await creator(server, f"akun.{one.name}")) for one in people]
    assert [owner and owner.member_id for owner in owners] == [one.id for one in people]
