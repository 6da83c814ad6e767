"""What staff may change about a quiz that was posted, calling it off, and the seasons they name."""

import json

from bot.prizes.models import PrizeSource
from bot.quizzes.models import QuizState
from tests.discord.test_quiz_running import HOUR, actions
from tests.support.campaigns import buttons_of, press_again
from tests.support.private_web import pass_time
from tests.support.quizzes import (
    CONDITIONS,
    TERMS,
    close,
    fill,
    post_quiz,
    respond,
    state_of,
    winners,
)
from tests.support.server import Server, message_of, text_of


async def test_before_any_answer_everything_can_be_changed_and_the_post_follows(server: Server) -> None:
    staff = await server.staff()
    await post_quiz(server, staff, conditions={"hints": "30 menit: Dua warna"})
    panel = await staff.slash(server.channel("staf-kol"), "kuis ubah", judul="#1")
    panel = await fill(staff, panel, "Ubah isi", TERMS | {"title": "Kuis Logo", "winners": "1", "closing": "3 jam"})
    shown = await staff.select(message_of(panel), ["1"], custom_id="tsc:quiz:edit-question")
    assert "WARNA APA?" in json.dumps(shown.modal)
    changed = {"prompt": "Sebutkan warna logo kami", "big_words": "", "accepted": "ungu", "explanation": ""}
    panel = await staff.submit_modal(shown, changed)
    panel = await fill(
        staff, panel, "Aturan & petunjuk", CONDITIONS | {"hints": "150 menit: Satu warna", "claim_days": "3"}
    )
    await server.env.settle()

    (post,) = server.messages("kuis")
    assert "Kuis Logo" in text_of(post) and "Sebutkan warna logo kami" in text_of(post)
    quiz = await server.services.quizzes.get(1)
    assert quiz.opened_at is not None and quiz.closes_at == quiz.opened_at + 3 * HOUR
    raka = await server.join("raka")
    await pass_time(server, 2 * HOUR + 60)
    assert await state_of(server) is QuizState.OPEN and len(server.messages("kuis")) == 1
    assert "tercatat" in text_of(await respond(raka, post, "ungu"))
    await pass_time(server, HOUR / 2)
    await pass_time(server, HOUR / 2)
    assert await winners(server) == [raka.id]
    told = [text_of(message) for message in server.messages("kuis")]
    assert any("Satu warna" in text for text in told) and not any("Dua warna" in text for text in told)


async def test_after_an_answer_only_the_end_the_hints_and_the_key_can_be_changed(server: Server) -> None:
    staff, raka, maya = await server.staff(), await server.join("raka"), await server.join("maya")
    post = await post_quiz(server, staff, conditions={"hints": "10 menit: Dua warna\n90 menit: Hampir"})
    await respond(raka, post, "ungu")
    await respond(maya, post, "biru pink")
    await pass_time(server, 20 * 60)
    for custom_id in ("terms", "conditions", "add-open", "session", "drop-question"):
        refused = await press_again(server, staff, f"tsc:quiz:{custom_id}:1")
        assert refused.modal is None and "Sudah ada yang menjawab" in text_of(refused)
    panel = await staff.slash(server.channel("staf-kol"), "kuis ubah", judul="#1")
    assert {"Waktu tutup & petunjuk", "Tutup kuis", "Batalkan kuis"} <= buttons_of(message_of(panel)).keys()

    form = await staff.click(message_of(panel), label="Waktu tutup & petunjuk")
    assert "Hampir" in json.dumps(form.modal) and "Dua warna" not in json.dumps(form.modal)
    early = await staff.submit_modal(form, {"closing": "10 menit", "hints": "5 menit: Telat"})
    assert "sudah lewat" in text_of(early)
    late = await fill(staff, panel, "Waktu tutup & petunjuk", {"closing": "4 jam", "hints": "5 menit: Telat"})
    assert "waktunya sudah lewat" in text_of(late)
    panel = await fill(staff, panel, "Waktu tutup & petunjuk", {"closing": "4 jam", "hints": "3 jam: Bukan hijau"})
    shown = await staff.select(message_of(panel), ["1"], custom_id="tsc:quiz:edit-key")
    told = await staff.submit_modal(shown, {"key": "ungu\nungu muda"})
    assert "2 jawaban yang sudah masuk dinilai ulang" in text_of(told)

    await pass_time(server, 2 * HOUR)
    assert await state_of(server) is QuizState.OPEN
    await pass_time(server, HOUR)
    await server.restart(off_for=2 * HOUR)
    await pass_time(server, 60)
    assert await winners(server) == [raka.id]
    hints = [text_of(message) for message in server.messages("kuis") if "Petunjuk" in text_of(message)]
    assert len(hints) == 2 and "Dua warna" in hints[0] and "Bukan hijau" in hints[1]
    assert {"quiz.closing_changed", "quiz.key_changed"} <= set(await actions(server))


async def test_a_changed_key_lets_a_quiz_close_by_count(server: Server) -> None:
    staff, raka = await server.staff(), await server.join("raka")
    post = await post_quiz(server, staff, conditions={"close_after": "1"})
    await respond(raka, post, "ungu")
    panel = await staff.slash(server.channel("staf-kol"), "kuis ubah", judul="#1")
    shown = await staff.select(message_of(panel), ["1"], custom_id="tsc:quiz:edit-key")
    await staff.submit_modal(shown, {"key": "biru & pink\nungu"})
    await server.env.settle()
    assert await state_of(server) is QuizState.CLOSED and await winners(server) == [raka.id]


async def test_a_quiz_that_is_called_off_tells_everybody_why_and_gives_nothing(server: Server) -> None:
    staff, raka = await server.staff(), await server.join("raka")
    post = await post_quiz(server, staff, conditions={"hints": "10 menit: Dua warna"})
    await respond(raka, post, "biru pink")
    form = await staff.slash(server.channel("staf-kol"), "kuis batal", judul="#1")
    done = await staff.submit_modal(form, {"reason": "Soalnya keliru, kami ulang besok"})
    assert "dibatalkan" in text_of(done)
    again = await press_again(server, staff, "tsc:quiz:call-off:1")
    if again.modal is not None:
        again = await staff.submit_modal(again, {"reason": "Sekali lagi"})
    assert "sudah dibatalkan" in text_of(again)
    await server.restart(off_for=5 * HOUR)
    await server.env.settle()

    closed, said = server.messages("kuis")
    assert "Dibatalkan" in text_of(closed) and "Soalnya keliru" in text_of(closed)
    assert "Soalnya keliru" in text_of(said) and "1 orang" in text_of(said)
    assert "biru" not in (text_of(closed) + text_of(said)).lower()
    assert "Soalnya keliru" in text_of(await raka.click(closed, label="Jawabanku"))
    assert "dibatalkan tim" in text_of(await press_again(server, raka, "tsc:quiz:answer:1:1"))
    assert not server.dms(raka) and not await server.services.prizes.payouts(PrizeSource.QUIZ, 1)
    assert (await actions(server)).count("quiz.called_off") == 1
    listed = await staff.slash(server.channel("staf-kol"), "kuis daftar")
    assert "Dibatalkan" in text_of(listed)
    opened = await staff.select(message_of(listed), ["1"], custom_id="tsc:quiz:manage")
    assert "Soalnya keliru" in text_of(opened) and "Batalkan kuis" not in buttons_of(message_of(opened))
    nothing = await raka.slash(server.channel("kuis"), "peringkat")
    assert "belum punya poin" in text_of(nothing)


async def test_a_quiz_that_is_being_judged_can_be_called_off(server: Server) -> None:
    staff, raka = await server.staff(), await server.join("raka")
    post = await post_quiz(server, staff, question={"accepted": ""})
    await respond(raka, post, "biru pink")
    await close(server, staff)
    form = await staff.slash(server.channel("staf-kol"), "kuis batal", judul="#1")
    await staff.submit_modal(form, {"reason": "Semua jawaban di luar soal"})
    await server.env.settle()
    assert (await server.services.quizzes.get(1)).state is QuizState.CALLED_OFF


async def test_members_reach_none_of_it(server: Server) -> None:
    staff, raka = await server.staff(), await server.join("raka")
    await post_quiz(server, staff)
    for act in ("terms", "session", "legal", "closing", "call-off", "season-drop-yes"):
        refused = await press_again(server, raka, f"tsc:quiz:{act}:1")
        assert refused.modal is None and "hanya untuk Tim KOL" in text_of(refused)


async def test_staff_name_a_season_and_its_points_stand_apart(server: Server) -> None:
    staff, raka = await server.staff(), await server.join("raka")
    room, kuis = server.channel("staf-kol"), server.channel("kuis")
    await respond(raka, await post_quiz(server, staff), "biru pink")
    await close(server, staff)
    today = server.services.clock.today()
    overlapping = await staff.slash(
        room, "kuis musim", nama="Musim Seru", mulai=f"{today:%d/%m/%Y}", selesai=f"{today:%d/%m/%Y}"
    )
    assert "sudah selesai" in text_of(overlapping)
    for nama, mulai, selesai in (("Musim Seru", "besok", ""), ("", "1/4", "2/4")):
        assert "Musim klasemen" not in text_of(
            await staff.slash(room, "kuis musim", nama=nama, mulai=mulai, selesai=selesai)
        )
    await pass_time(server, 24 * HOUR)
    today = server.services.clock.today()
    named = await staff.slash(
        room, "kuis musim", nama="Musim Seru", mulai=f"{today:%d/%m/%Y}", selesai=f"{today:%d/%m/%Y}"
    )
    assert "Musim Seru** dicatat" in text_of(named)
    post = await post_quiz(server, staff, title="Kuis Kedua")
    maya = await server.join("maya")
    form = await maya.click(post, label="Jawab")
    await maya.submit_modal(form, {"q2": "biru pink"})
    await close(server, staff, "#2")

    seasons = server.services.quiz_seasons
    season = await seasons.season()
    assert season.name == "Musim Seru"
    assert [place.score.member_id for place in await seasons.leaderboard(season)] == [maya.id]
    quarter = await seasons.season((await server.services.quizzes.get(1)).season or "")
    assert [place.score.member_id for place in await seasons.leaderboard(quarter)] == [raka.id]
    shown = await maya.slash(kuis, "peringkat", musim=season.key)
    assert [file.filename for file in message_of(shown).attachments] == ["klasemen-musim-1.png"]
    assert "Hapus musim" not in text_of(await staff.slash(room, "kuis musim"))
    kept = await press_again(server, staff, "tsc:quiz:season-drop-yes:1")
    assert "tidak bisa dihapus" in text_of(kept)


async def test_a_season_without_quizzes_can_be_moved_and_taken_away(server: Server) -> None:
    staff, room = await server.staff(), server.channel("staf-kol")
    await staff.slash(room, "kuis musim", nama="Ramadan", mulai="1/2/2027", selesai="28/2/2027")
    moved = await staff.slash(room, "kuis musim", nama="ramadan", mulai="3/2/2027", selesai="5/3/2027")
    assert "diganti tanggalnya" in text_of(moved) and len(await server.services.quiz_seasons.named()) == 1
    other = await staff.slash(room, "kuis musim", nama="Lebaran", mulai="5/3/2027", selesai="20/3/2027")
    assert "bertumpuk dengan musim ramadan" in text_of(other)
    listed = await staff.slash(room, "kuis musim")
    asked = await staff.select(message_of(listed), ["1"])
    assert "dihapus" in text_of(await staff.click(message_of(asked), label="Ya, hapus musim"))
    assert not await server.services.quiz_seasons.named()
