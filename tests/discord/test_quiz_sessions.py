"""Questions one after another: each opens when the one before has closed, through restarts, and nobody is early."""

from datetime import timedelta
from typing import Any

import discord
from simcord.actors import MemberActor

from bot.platform.clock import JAKARTA
from bot.quizzes.models import QuizState
from tests.discord.test_quiz_running import elephant
from tests.support.campaigns import buttons_of, press_again
from tests.support.private_web import pass_time
from tests.support.quizzes import (
    CONDITIONS,
    accept,
    add_choice,
    add_open,
    begin,
    close,
    fill,
    publish,
    results,
    state_of,
    winners,
)
from tests.support.server import Server, message_of, text_of

IN_TURN: dict[str, Any] = {"pace": ["in_turn"], "each": "1 menit", "pause": ["15"]}
# A pause and a second to spare, and how long a question is open.
PAUSE, OPEN = 16, 61


async def turn(server: Server, seconds: float = OPEN) -> None:
    """The question under way closes, and the pause after it passes."""
    await pass_time(server, seconds)
    await pass_time(server, PAUSE)


async def reply(member: MemberActor, post: discord.Message, text: str, question: int) -> str:
    """Press Jawab under a question and send its form; what the bot says."""
    shown = await member.click(post, label="Jawab")
    if shown.modal is None:
        return text_of(shown)
    return text_of(await member.submit_modal(shown, {f"q{question}": text}))


async def begin_session(server: Server, staff: MemberActor, **conditions: Any) -> discord.Message:
    """Three questions in turn: open, multiple choice, open. The announcement."""
    panel = await add_open(staff, await begin(server, staff))
    panel = await add_open(staff, await add_choice(staff, panel), prompt="Siapa presiden pertama?", accepted="Soekarno")
    if conditions:
        panel = await fill(staff, panel, "Aturan & petunjuk", CONDITIONS | conditions)
    panel = await fill(staff, panel, "Urutan soal", IN_TURN)
    assert "Siapa presiden pertama?" in text_of(panel)
    return await publish(server, staff, panel)


def question_posts(server: Server) -> list[discord.Message]:
    return [one for one in server.messages("kuis") if one.embeds and (one.embeds[0].title or "").startswith("Soal ")]


async def test_question_two_opens_when_one_has_closed_and_the_last_ends_the_quiz(server: Server) -> None:
    staff, raka, maya = await server.staff(), await server.join("raka"), await server.join("maya")
    post = await begin_session(server, staff)
    assert "3 soal, satu per satu" in text_of(post) and "warna logo" not in text_of(post)
    assert buttons_of(post).keys() == {"Jawabanku"} and not question_posts(server)

    await pass_time(server, PAUSE)
    (first,) = question_posts(server)
    assert "warna logo" in text_of(first) and "Soal 1 dari 3" in text_of(first)
    assert "tercatat" in await reply(raka, first, "pink dan biru", 1)
    assert "hanya bisa sekali" in await reply(raka, first, "hijau", 1)
    assert "belum dibuka" in text_of(await press_again(server, raka, "tsc:quiz:pick:2:0"))
    assert "belum dibuka" in text_of(await press_again(server, raka, "tsc:quiz:reply:3"))

    await turn(server)
    first, second = question_posts(server)
    assert "Jawaban:** biru & pink" in text_of(first) and not buttons_of(first)
    assert "sudah ditutup" in text_of(await press_again(server, maya, "tsc:quiz:reply:1"))
    picked = await raka.click(second, label="A")
    assert picked.ephemeral and "**2.**" in text_of(picked) and "belum kamu jawab" not in text_of(picked)
    await maya.click(second, label="A")

    await turn(server)
    third = question_posts(server)[2]
    await reply(maya, third, "sukarno", 3)
    assert await state_of(server) is QuizState.OPEN
    await turn(server)

    assert await state_of(server) is QuizState.CLOSED
    assert [(one.member_id, one.right) for one in await results(server)] == [(raka.id, 2), (maya.id, 2)]
    assert await winners(server) == [raka.id, maya.id]
    assert "Pemenang" in text_of(server.last("kuis")) and len(server.dms(raka)) == 1
    assert "Siapa presiden" in text_of(server.messages("kuis")[0])


async def test_a_session_goes_on_after_a_restart_and_nobody_loses_time(server: Server) -> None:
    staff, raka = await server.staff(), await server.join("raka")
    await begin_session(server, staff)
    await server.restart(off_for=3_600)
    await pass_time(server, 1)
    (first,) = question_posts(server)
    assert "tercatat" in await reply(raka, first, "biru pink", 1)

    await server.restart(off_for=3_600)
    await pass_time(server, PAUSE)
    await server.restart()
    assert [one.embeds[0].title for one in question_posts(server)] == [
        "Soal 1 dari 3: Kuis Warna",
        "Soal 2 dari 3: Kuis Warna",
    ]
    # The bot was away for an hour, and still question 2 is open for its whole minute.
    assert "tercatat" in text_of(await raka.click(question_posts(server)[1], label="A"))
    for _ in range(2):
        await server.restart(off_for=OPEN)
        await server.restart(off_for=PAUSE)
        await pass_time(server, 1)
    assert await state_of(server) is QuizState.CLOSED and await winners(server) == [raka.id]
    assert len(question_posts(server)) == 3


async def test_a_session_closed_by_hand_counts_what_was_asked(server: Server) -> None:
    staff, raka = await server.staff(), await server.join("raka")
    await begin_session(server, staff, close_after="1")
    await pass_time(server, PAUSE)
    await reply(raka, question_posts(server)[0], "pink biru", 1)
    # One has everything right that was asked so far, but not yet everything.
    assert await state_of(server) is QuizState.OPEN
    await close(server, staff)

    assert await winners(server) == [raka.id]
    assert "Soekarno" not in " ".join(text_of(message) for message in server.messages("kuis"))
    assert not buttons_of(question_posts(server)[0])
    await turn(server)
    await turn(server)
    assert len(question_posts(server)) == 1


async def test_each_question_in_turn_has_its_own_silhouette(server: Server) -> None:
    staff = await server.staff()
    panel = await begin(server, staff)
    for accepted in ("gajah", "badak"):
        asked = {"prompt": "Apa ini?", "big_words": "", "accepted": accepted, "explanation": ""}
        panel = await fill(staff, panel, "Tebak gambar", asked, picture=[("gajah.png", elephant())])
    assert "satu gambar" in text_of(panel)
    panel = await fill(staff, panel, "Urutan soal", IN_TURN | {"each": "30 detik"})
    assert "30 detik" in text_of(panel) and buttons_of(message_of(panel))["Tayangkan"]
    await publish(server, staff, panel)
    await pass_time(server, PAUSE)
    (first,) = question_posts(server)
    assert [file.filename for file in first.attachments] == ["kuis-1-soal-1.png"]
    assert "siluet" in (first.attachments[0].description or "")
    await turn(server, 31)
    first, second = question_posts(server)
    assert "siluet" not in (first.attachments[0].description or "") and "gajah" in text_of(first)
    assert "siluet" in (second.attachments[0].description or "") and "badak" not in text_of(second)


async def test_a_session_of_questions_without_a_key_is_judged_at_its_end(server: Server) -> None:
    staff, raka = await server.staff(), await server.join("raka")
    panel = await add_open(staff, await begin(server, staff), accepted="")
    panel = await fill(staff, await add_open(staff, panel, accepted=""), "Urutan soal", IN_TURN)
    await publish(server, staff, panel)
    await pass_time(server, PAUSE)
    await reply(raka, question_posts(server)[0], "pink", 1)
    await turn(server)
    await turn(server)
    assert await state_of(server) is QuizState.JUDGING
    await accept(server, staff, 1)
    asked = await staff.click(server.last("staf-kol"), label="Umumkan pemenang")
    await staff.click(message_of(asked), label="Ya, umumkan")
    assert await winners(server) == [raka.id]


async def test_a_quiz_closes_at_the_time_on_the_clock(server: Server) -> None:
    staff = await server.staff()
    closes = (server.env.now().astimezone(JAKARTA) + timedelta(hours=5)).replace(minute=30, second=0, microsecond=0)
    panel = await add_open(staff, await begin(server, staff, closing=f"{closes:%H.%M}"))
    assert f"<t:{int(closes.timestamp())}:F>" in text_of(panel)
    await server.restart(off_for=3_600)
    await publish(server, staff, panel)
    assert (await server.services.quizzes.get(1)).closes_at == int(closes.timestamp())
    await pass_time(server, (closes - server.env.now()).total_seconds() + 1)
    assert await state_of(server) is QuizState.CLOSED


async def test_a_quiz_whose_closing_time_has_passed_is_not_posted(server: Server) -> None:
    staff = await server.staff()
    closes = server.env.now().astimezone(JAKARTA) + timedelta(hours=2)
    panel = await add_open(staff, await begin(server, staff, closing=f"{closes:%d/%m %H.%M}"))
    await server.env.advance_time(3 * 3_600)
    refused = await staff.click(message_of(panel), label="Tayangkan")
    assert "sudah lewat" in text_of(refused) and not server.messages("kuis")
