"""What staff and members do with quizzes, step by step, as their Discord app would."""

from __future__ import annotations

from typing import Any

import discord
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.quizzes.models import QuizState, Result
from tests.support.server import Server, message_of

TERMS: dict[str, Any] = {
    "title": "Kuis Warna",
    "way": ["fastest"],
    "winners": "2",
    "prize": "GoPay 25.000",
    "closing": "2 jam",
}
CONDITIONS: dict[str, Any] = {
    "changeable": ["no"],
    "audience": ["everyone"],
    "close_after": "",
    "claim_days": "7",
    "hints": "",
}
COLOURS = {"prompt": "Apa warna logo TSC?", "big_words": "WARNA APA?", "accepted": "biru & pink", "explanation": ""}


async def begin(server: Server, staff: MemberActor, **typed: Any) -> InteractionResult:
    """/kuis buat and its form; the answer is the panel of the draft."""
    shown = await staff.slash(server.channel("staf-kol"), "kuis buat")
    return await staff.submit_modal(shown, TERMS | typed)


async def fill(
    staff: MemberActor, panel: InteractionResult, button: str, values: dict[str, Any], **files: Any
) -> InteractionResult:
    """Press one of the panel's buttons and send its form; files are (name, bytes) by field."""
    shown = await staff.click(message_of(panel), label=button)
    assert shown.modal is not None, "no form was opened"
    return await staff.submit_modal(shown, values | files)


async def add_open(staff: MemberActor, panel: InteractionResult, **typed: Any) -> InteractionResult:
    """One open question."""
    return await fill(staff, panel, "Soal isian", COLOURS | typed)


async def add_choice(staff: MemberActor, panel: InteractionResult, **typed: Any) -> InteractionResult:
    """One multiple-choice question."""
    asked = {
        "prompt": "Ibu kota Jawa Barat?",
        "big_words": "",
        "options": "Bandung\nSemarang\nSurabaya",
        "right": "A",
        "explanation": "",
    }
    return await fill(staff, panel, "Pilihan ganda", asked | typed)


async def publish(server: Server, staff: MemberActor, panel: InteractionResult) -> discord.Message:
    """Press Tayangkan; returns the announcement."""
    await staff.click(message_of(panel), label="Tayangkan")
    await server.env.settle()
    return server.last("kuis")


async def post_quiz(server: Server, staff: MemberActor, **options: Any) -> discord.Message:
    """An open-question quiz in its channel. `question` and `conditions` fill those forms."""
    question, conditions = options.pop("question", {}), options.pop("conditions", None)
    panel = await add_open(staff, await begin(server, staff, **options), **question)
    if conditions:
        panel = await fill(staff, panel, "Aturan & petunjuk", CONDITIONS | conditions)
    return await publish(server, staff, panel)


async def respond(member: MemberActor, post: Any, text: str) -> InteractionResult:
    """Press Jawab and send the form of a lone open question."""
    shown = await member.click(post, label="Jawab")
    assert shown.modal is not None, "no form was opened"
    return await member.submit_modal(shown, {"q1": text})


async def close(server: Server, staff: MemberActor, quiz: str = "#1") -> InteractionResult:
    """/kuis tutup and the yes."""
    asked = await staff.slash(server.channel("staf-kol"), "kuis tutup", judul=quiz)
    done = await staff.click(message_of(asked), label="Ya, tutup kuis")
    await server.env.settle()
    return done


async def answers(server: Server, staff: MemberActor, quiz: str = "#1", **options: str) -> InteractionResult:
    """/kuis jawaban."""
    return await staff.slash(server.channel("staf-kol"), "kuis jawaban", judul=quiz, **options)


async def accept(
    server: Server, staff: MemberActor, answer_id: int, reason: str = "Ejaan lain dari jawaban yang sama"
) -> InteractionResult:
    """Choose a wrong answer from the list and say why it counts."""
    listed = await answers(server, staff)
    shown = await staff.select(message_of(listed), [str(answer_id)], custom_id="tsc:quiz:accept")
    assert shown.modal is not None, "no form was opened"
    done = await staff.submit_modal(shown, {"reason": reason})
    await server.env.settle()
    return done


async def state_of(server: Server, quiz_id: int = 1) -> QuizState:
    """Where a quiz stands in the store."""
    return (await server.services.quizzes.get(quiz_id)).state


async def winners(server: Server, quiz_id: int = 1) -> list[int]:
    """Who has won, in order."""
    return [one.member_id for one in await results(server, quiz_id) if one.won_in is not None]


async def results(server: Server, quiz_id: int = 1) -> list[Result]:
    """What came of a quiz."""
    return await server.services.quiz_results.of(quiz_id)
