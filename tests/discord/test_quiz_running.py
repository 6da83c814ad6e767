"""Quizzes as staff run them: written in steps, hinted, closed, judged, corrected, and never doubled by a restart."""

import json
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from bot.content_calendar.activities import ActivityOrder
from bot.content_calendar.models import Kind
from bot.content_calendar.models import Prize as EntryPrize
from bot.content_calendar.models import Question as EntryQuestion
from bot.content_calendar.models import Way as EntryWay
from bot.platform import audit
from bot.platform.messages import Field, Message
from bot.prizes.models import PrizeSource
from bot.quizzes.models import QuizState
from bot.quizzes.rules import lot
from bot.server.models import ChannelKey
from tests.support.campaigns import buttons_of, press_again
from tests.support.private_web import delivered, pass_time
from tests.support.quizzes import (
    CONDITIONS,
    accept,
    add_choice,
    add_open,
    answers,
    begin,
    close,
    fill,
    post_quiz,
    publish,
    respond,
    state_of,
    winners,
)
from tests.support.server import Server, message_of, text_of

HOUR = 3_600


def elephant(size: int = 400, *, plain: bool = True) -> bytes:
    """A grey shape on an even ground, or a sheet of one colour with nothing on it."""
    picture = Image.new("RGB", (size, size), (250, 250, 250))
    if plain:
        ImageDraw.Draw(picture).ellipse((80, 120, 320, 300), fill=(120, 124, 140))
    target = BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


async def actions(server: Server, quiz_id: int = 1) -> list[str]:
    reads = server.services.database.read
    return [entry.action for entry in await audit.entries(reads, subject_kind="quiz", subject_id=quiz_id)]


async def test_staff_write_a_quiz_in_steps_that_survive_restarts(server: Server) -> None:
    staff = await server.staff()
    panel = await begin(server, staff)
    assert "Belum ada soal" in text_of(panel) and buttons_of(message_of(panel))["Tayangkan"] is False
    await server.restart()
    panel = await add_open(staff, panel, explanation="Lihat logonya.")
    assert "biru & pink" in text_of(panel) and buttons_of(message_of(panel))["Tayangkan"] is True
    await server.restart()
    panel = await fill(staff, panel, "Aturan & petunjuk", CONDITIONS | {"hints": "10 menit: Ada dua warna"})
    assert "Ada dua warna" in text_of(panel)
    opened = await staff.select(message_of(panel), ["1"], custom_id="tsc:quiz:edit-question")
    assert "biru & pink" in json.dumps(opened.modal)
    panel = await staff.submit_modal(
        opened, {"prompt": "Warna logo?", "big_words": "WARNA?", "accepted": "pink biru", "explanation": ""}
    )
    await server.restart()
    post = await publish(server, staff, panel)

    assert "Warna logo?" in text_of(post) and "pink" not in text_of(post)
    assert "WARNA?" in post.attachments[0].description
    listed = await staff.slash(server.channel("staf-kol"), "kuis daftar")
    assert "Kuis Warna · Dibuka" in text_of(listed)
    status = await staff.select(message_of(listed), ["1"], custom_id="tsc:quiz:manage")
    assert {"Lihat jawaban", "Tutup kuis"} <= buttons_of(message_of(status)).keys()


async def test_what_was_previewed_is_posted_once(server: Server) -> None:
    staff, other = await server.staff(), await server.staff("budi.kol")
    old = await add_open(staff, await begin(server, staff))
    listed = await other.slash(server.channel("staf-kol"), "kuis daftar")
    newer = await add_choice(other, await other.select(message_of(listed), ["1"], custom_id="tsc:quiz:manage"))

    stale = await press_again(server, staff, "tsc:quiz:publish:1:2")
    post = await publish(server, other, newer)
    raka = await server.join("raka")
    await raka.submit_modal(await raka.click(post, label="Jawab"), {"q1": "biru pink", "q2": ["0"]})
    again = await press_again(server, staff, "tsc:quiz:publish:1:3")

    assert message_of(old) and "sudah diubah" in text_of(stale)
    assert "sudah ditayangkan" in text_of(again)
    assert len(server.messages("kuis")) == 1
    for custom_id in ("tsc:quiz:add-open:1", "tsc:quiz:terms:1", "tsc:quiz:discard:1", "tsc:quiz:drop-question:1"):
        refused = await press_again(server, staff, custom_id)
        assert refused.modal is None and (
            "Sudah ada yang menjawab" in text_of(refused) or "dibuang" in text_of(refused)
        )


async def test_a_wrong_form_tells_everything_and_nothing_is_typed_twice(server: Server) -> None:
    staff = await server.staff()
    refused = await begin(server, staff, winners="nol", closing="nanti malam")
    assert "Jumlah pemenang" in text_of(refused) and "nanti malam" in text_of(refused)
    again = await staff.click(message_of(refused), label="Perbaiki")
    assert "Kuis Warna" in json.dumps(again.modal) and "nanti malam" in json.dumps(again.modal)


async def test_members_cannot_reach_the_staff_side(server: Server) -> None:
    staff = await server.staff()
    await post_quiz(server, staff)
    raka = await server.join("raka", roles=("Kreator",))
    for custom_id in ("tsc:quiz:answers:1", "tsc:quiz:close-yes:1", "tsc:quiz:settle-yes:1", "tsc:quiz:terms:1"):
        assert "hanya untuk Tim KOL" in text_of(await press_again(server, raka, custom_id))
    assert await state_of(server) is QuizState.OPEN


async def test_a_picture_to_guess_is_a_shape_until_the_end(server: Server) -> None:
    staff = await server.staff()
    panel = await begin(server, staff)
    asked = {"prompt": "Hewan apa ini?", "big_words": "HEWAN APA?", "accepted": "gajah", "explanation": ""}
    refused = await fill(staff, panel, "Tebak gambar", asked, picture=("kosong.png", elephant(plain=False)))
    assert "tidak bisa dipisahkan dari latarnya" in text_of(refused)
    panel = await fill(staff, panel, "Tebak gambar", asked, picture=("gajah.png", elephant()))
    post = await publish(server, staff, panel)
    raka = await server.join("raka")

    assert post.attachments[0].filename == "kuis-1.png" and "gajah" not in post.attachments[0].description.lower()
    assert "siluet" in post.attachments[0].description
    await respond(raka, post, "Gajahh")
    await close(server, staff)
    shown = server.messages("kuis")[0].attachments[0].description
    assert "Gambar aslinya" in shown and "Jawaban: gajah" in shown
    assert await winners(server) == [raka.id]


async def test_the_longest_session_stays_within_what_discord_takes(server: Server) -> None:
    staff = await server.staff()
    long = "Kata yang panjang sekali " * 20
    panel = await begin(server, staff, title="J" * 100, prize="Kaos " + "x" * 90)
    for number in range(10):
        options = "\n".join(f"{number}{option} " + "pilihan panjang " * 4 for option in range(5))
        panel = await add_choice(
            staff, panel, prompt=f"{number} {long}"[:500], options=options, explanation=long[:300], big_words="W " * 30
        )
    hints = "\n".join(f"{minute} menit: " + "petunjuk " * 20 for minute in range(1, 6))
    panel = await fill(staff, panel, "Aturan & petunjuk", CONDITIONS | {"hints": hints, "close_after": "9"})
    full = await add_open(staff, panel)
    assert "paling banyak 10 soal" in text_of(full)
    post = await publish(server, staff, panel)
    raka = await server.join("raka")
    shown = await raka.click(post, label="Jawab soal 6–10")
    await raka.submit_modal(shown, {f"q{number}": ["0"] for number in range(6, 11)})
    await close(server, staff)

    assert all(f"**{number}.**" in text_of(server.messages("kuis")[0]) for number in range(1, 11))
    assert await winners(server) == [raka.id]


async def test_hints_come_at_their_time_once_and_not_after_the_end(server: Server) -> None:
    staff = await server.staff()
    hints = "10 menit: Ada dua warna\n30 menit: Huruf depannya B\n90 menit: Terlambat"
    await post_quiz(server, staff, conditions={"hints": hints})
    assert len(server.messages("kuis")) == 1

    await server.env.advance_time(600)
    await server.restart()
    assert "Ada dua warna" in text_of(server.last("kuis"))
    await server.restart(off_for=1_500)
    await server.env.advance_time(60)
    assert [message.embeds[0].title for message in server.messages("kuis")[1:]] == [
        "Petunjuk 1: Kuis Warna",
        "Petunjuk 2: Kuis Warna",
    ]
    await server.restart(off_for=3 * HOUR)
    await server.env.settle()

    assert not any("Terlambat" in text_of(message) for message in server.messages("kuis"))
    assert await state_of(server) is QuizState.CLOSED


async def test_a_quiz_that_ended_while_the_bot_was_away_is_settled_once(server: Server) -> None:
    staff = await server.staff()
    post = await post_quiz(server, staff)
    raka = await server.join("raka")
    await respond(raka, post, "pink biru")

    await server.restart(off_for=10 * HOUR)
    await server.restart()
    await server.env.settle()

    assert await winners(server) == [raka.id]
    assert len(server.messages("kuis")) == 2 and len(server.dms(raka)) == 1
    assert (await actions(server)).count("quiz.settled") == 1


async def test_two_members_of_staff_close_it_once(server: Server) -> None:
    staff, other = await server.staff(), await server.staff("budi.kol")
    await post_quiz(server, staff)
    first = await staff.slash(server.channel("staf-kol"), "kuis tutup", judul="#1")
    second = await other.slash(server.channel("staf-kol"), "kuis tutup", judul="#1")
    await staff.click(message_of(first), label="Ya, tutup kuis")
    await server.restart()
    refused = await other.click(message_of(second), label="Ya, tutup kuis")

    assert f"sudah ditutup oleh <@{staff.id}>" in text_of(refused)
    assert len(server.messages("kuis")) == 2


async def test_an_answer_accepted_before_the_end_simply_counts(server: Server) -> None:
    staff = await server.staff()
    post = await post_quiz(server, staff, winners="1")
    dodi, raka = await server.join("dodi"), await server.join("raka")
    await respond(dodi, post, "merah jambu dan biru")
    await respond(raka, post, "pink biru")

    done = await accept(server, staff, 1)
    again = await press_again(server, staff, "tsc:quiz:answers:1")
    await close(server, staff)

    assert "Mulai sekarang" in text_of(done) and "diterima" in text_of(again)
    assert await winners(server) == [dodi.id]
    assert "quiz.answer_accepted" in await actions(server)


async def test_an_answer_accepted_after_the_end_adds_a_winner_and_takes_nothing_away(server: Server) -> None:
    staff = await server.staff()
    post = await post_quiz(server, staff, winners="1")
    dodi, raka, maya = [await server.join(name) for name in ("dodi", "raka", "maya")]
    for member, text in ((dodi, "merah jambu dan biru"), (raka, "pink biru"), (maya, "pink, biru langit")):
        await respond(member, post, text)
    await close(server, staff)
    before = len(server.messages("kuis"))

    done = await accept(server, staff, 1, "Merah jambu sama dengan pink")
    await server.restart()
    late = await accept(server, staff, 3, "Biru langit juga biru")
    again = await press_again(server, staff, "tsc:quiz:answers:1")

    assert "pemenang tambahan" in text_of(done) and "Daftar pemenang tetap" in text_of(late)
    assert await winners(server) == [dodi.id, raka.id]
    assert len(server.messages("kuis")) == before + 1 and f"<@{dodi.id}>" in server.last("kuis").content
    assert len(server.dms(dodi)) == 1 and len(server.dms(raka)) == 1 and server.dms(maya) == []
    places = await server.services.quiz_seasons.leaderboard(await server.services.quiz_seasons.season())
    assert {place.score.member_id: place.score.points for place in places} == {dodi.id: 15, raka.id: 15, maya.id: 10}
    reasons = [
        entry.details["reason"]
        for entry in await audit.entries(server.services.database.read, subject_kind="quiz", subject_id=1)
        if entry.action == "quiz.answer_accepted"
    ]
    assert reasons == ["Merah jambu sama dengan pink", "Biru langit juga biru"]
    assert "Merah jambu sama dengan pink" in text_of(again)


async def test_accepting_needs_a_reason_and_happens_once(server: Server) -> None:
    staff, other = await server.staff(), await server.staff("budi.kol")
    post = await post_quiz(server, staff)
    await respond(await server.join("dodi"), post, "ungu")
    lists = [(one, await answers(server, one, tampilkan="salah")) for one in (staff, other, staff)]
    forms = [await one.select(message_of(listed), ["1"], custom_id="tsc:quiz:accept") for one, listed in lists]

    refused = await staff.submit_modal(forms[2], {"reason": "   "})
    await staff.submit_modal(forms[0], {"reason": "Sama saja"})
    second = await other.submit_modal(forms[1], {"reason": "Sama saja"})

    assert "alasannya" in text_of(refused)
    assert f"sudah diterima oleh <@{staff.id}>" in text_of(second)
    assert (await actions(server)).count("quiz.answer_accepted") == 1


async def test_a_quiz_without_a_key_waits_for_staff_to_judge(server: Server) -> None:
    staff = await server.staff()
    post = await post_quiz(server, staff, winners="1", question={"prompt": "Kenapa suka TSC?", "accepted": ""})
    dodi, raka = await server.join("dodi"), await server.join("raka")
    await respond(dodi, post, "Tidak tahu")
    await respond(raka, post, "Karena teman-temannya")
    await server.env.advance_time(2 * HOUR + 1)

    assert await state_of(server) is QuizState.JUDGING and await winners(server) == []
    assert "sedang dinilai" in text_of(server.messages("kuis")[0])
    note = server.last("staf-kol")
    assert "Perlu dinilai" in text_of(note)
    await accept(server, staff, 2, "Jawaban paling menarik")
    await server.restart()
    asked = await staff.click(note, label="Umumkan pemenang")
    assert "1 orang benar" in text_of(asked)
    await staff.click(message_of(asked), label="Ya, umumkan")
    await server.env.settle()
    again = await press_again(server, staff, "tsc:quiz:settle-yes:1")

    assert await winners(server) == [raka.id]
    assert "tidak sedang dinilai" in text_of(again)
    assert f"<@{raka.id}>" in server.last("kuis").content


async def test_a_quiz_without_a_key_that_nobody_answered_closes_by_itself(server: Server) -> None:
    staff = await server.staff()
    await post_quiz(server, staff, question={"prompt": "Kenapa suka TSC?", "accepted": ""})
    notes = len(server.messages("staf-kol"))
    await pass_time(server, 2 * HOUR + 1)

    assert await state_of(server) is QuizState.CLOSED and await winners(server) == []
    post, news = server.messages("kuis")
    for shown in (post, news):
        assert "Tidak ada yang ikut" in text_of(shown)
        assert "dinilai" not in text_of(shown) and "belum ada yang benar" not in text_of(shown)
    assert len(server.messages("staf-kol")) == notes


async def test_the_prize_of_a_quiz_is_refused_where_no_prize_could_be_that(server: Server) -> None:
    staff = await server.staff()
    refusals = (("GoPay -5", "negatif"), ("Rp 9999999999999", "terlalu besar"), ("GoPay 500", "paling sedikit"))
    for prize, told in refusals:
        refused = await begin(server, staff, prize=prize)
        assert told in text_of(refused) and "Perbaiki" in buttons_of(message_of(refused))
    for prize in ("Gopay 25.000", "gopay Rp25.000", "25rb saldo go-pay"):
        panel = await begin(server, staff, prize=prize)
        assert "GoPay" in text_of(panel) and "Rp 25.000" in text_of(panel), prize


async def test_a_draw_is_made_by_the_seed_that_is_published(server: Server) -> None:
    staff = await server.staff()
    panel = await add_open(staff, await begin(server, staff, way=["drawn"], winners="1"))
    assert "Kementerian Sosial" in text_of(panel) and buttons_of(message_of(panel))["Tayangkan"] is False
    panel = await fill(staff, panel, "Undian/kontes & izin", {"kind": ["draw"], "permit": "123/UGB/2026"})
    post = await publish(server, staff, panel)
    members = [await server.join(f"anggota{number}") for number in range(5)]
    for member in members:
        await respond(member, post, "biru pink")
    assert "izin 123/UGB/2026" in text_of(post)
    await close(server, staff)

    quiz = await server.services.quizzes.get(1)
    assert quiz.seed is not None and quiz.seed in text_of(server.last("kuis"))
    assert await winners(server) == [min((member.id for member in members), key=lambda one: lot(quiz.seed or "", one))]
    (payout,) = await server.services.prizes.payouts(PrizeSource.QUIZ, 1)
    assert payout.by_lot


async def test_a_prize_nobody_claims_goes_to_the_next_who_was_right(server: Server) -> None:
    staff = await server.staff()
    post = await post_quiz(server, staff, winners="1", conditions={"claim_days": "1"})
    raka, maya = await server.join("raka"), await server.join("maya")
    await respond(raka, post, "biru pink")
    await respond(maya, post, "pink biru")
    await close(server, staff)

    await server.env.advance_time(86_400 + 60)
    assert server.last("kuis").content == f"<@{maya.id}>" and "pengganti" in text_of(server.last("kuis"))
    assert any("GoPay" in text_of(message) for message in server.dms(maya))
    await server.restart(off_for=2 * 86_400)
    await server.env.settle()

    assert "tidak ada lagi peserta" in text_of(server.last("staf-kol"))
    assert len(server.messages("kuis")) == 3


def order(server: Server, **changes: Any) -> ActivityOrder:
    channel = server.services.server.places.channel(ChannelKey.QUIZZES)
    assert channel is not None
    values: dict[str, Any] = {
        "entry_id": 1,
        "kind": Kind.QUIZ,
        "title": "Kuis Jumat",
        "text": "Yuk ikutan!",
        "questions": (EntryQuestion(1, "Apa warna logo TSC?", ("biru & pink",)),),
        "prize": EntryPrize("GoPay 25.000", 25_000, 2),
        "channel_id": channel,
        "announcement": Message(title="Jumat Seru", description="Yuk ikutan!", fields=[Field("Info", "Setiap Jumat")]),
        "image_file_id": None,
        "due_at": server.services.clock.timestamp(),
        "created_by": None,
        "legal": None,
        "permit": "",
        "open_seconds": 24 * HOUR,
        "way": EntryWay.FASTEST,
        "big_words": "WARNA APA?",
    }
    return ActivityOrder(**(values | changes))


async def test_the_calendar_begins_a_quiz_in_its_own_unit_of_work(server: Server) -> None:
    services = server.services
    async with services.database.unit() as tx:
        begun = await services.quiz_calendar.begin(tx, order(server))
    await delivered(server)
    post = server.last("kuis")
    said = ("Jumat Seru", "Yuk ikutan!", "Apa warna logo TSC?", "Setiap Jumat", "GoPay Rp 25.000", "2 jawaban benar")
    for part in said:
        assert part in text_of(post)
    raka = await server.join("raka")
    await respond(raka, post, "pink dan biru")
    await pass_time(server, 24 * HOUR + 1)

    assert await winners(server, begun.activity_id) == [raka.id]
    assert "WARNA APA?" in post.attachments[0].description and "logo TSC" in post.attachments[0].description
    assert "Jumat Seru" in text_of(server.messages("kuis")[0]) and "Jawaban" in text_of(server.messages("kuis")[0])
    figures = await services.quiz_calendar.figures(services.database.read, begun.activity_id)
    assert (figures.took_part, figures.spent) == (1, 25_000)
    async with services.database.unit() as tx:
        row = await services.quizzes.post(tx, audit.SYSTEM, begun.activity_id, post.channel.id)
    assert row == begun.outbox_id


async def test_an_entry_without_answers_becomes_a_quiz_that_staff_judge(server: Server) -> None:
    services = server.services
    async with services.database.unit() as tx:
        await services.quiz_calendar.begin(tx, order(server, questions=(), prize=None))
    await delivered(server)
    await respond(await server.join("raka"), server.last("kuis"), "Karena seru")
    await pass_time(server, 24 * HOUR + 1)
    assert await state_of(server) is QuizState.JUDGING
