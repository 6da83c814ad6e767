"""How a quiz ends in words: the winners, prizes passed on, a quiz called off, and notes for staff."""

from collections.abc import Iterable, Sequence

from bot.platform.indonesian import format_number
from bot.platform.messages import Button, ButtonStyle, Field, Message, Picture, custom_id
from bot.platform.palette import NEUTRAL, SUCCESS, WARNING
from bot.platform.text import clip, named
from bot.quizzes import messages
from bot.quizzes.models import Question, Quiz, Result, Turnout, Way

_NAMED = 20


def results(
    quiz: Quiz, questions: Sequence[Question], won: Sequence[Result], names: Sequence[str], turnout: Turnout
) -> Message:
    """The winners and the right answer, once."""
    if won:
        heads = [f"{'🏆' if one.rank == 1 else '•'} <@{one.member_id}>{_of(one, questions)}" for one in won[:_NAMED]]
        if len(won) > _NAMED:
            heads.append(f"… dan {len(won) - _NAMED} lainnya")
        told = "Selamat kepada:\n" + "\n".join(heads)
        if quiz.terms.prize:
            told += "\n\nCara mengambil hadiah sudah dikirim lewat pesan pribadi."
    elif not turnout.members:
        told = messages.NOBODY
    else:
        told = "Kali ini belum ada yang benar. Coba lagi di kuis berikutnya, ya."
    facts = {
        "title": quiz.title,
        "names": list(names[:12]),
        "more": max(0, len(won) - 12),
        "answer": questions[0].right_answer if len(questions) == 1 else "",
        "prize": messages.prize_text(quiz) if quiz.terms.prize else "",
        "way": "Tercepat" if quiz.terms.way is Way.FASTEST else "Hasil undian",
    }
    return Message(
        content=_called(one.member_id for one in won[:_NAMED]),
        title=clip(f"{'Pemenang' if turnout.members else 'Selesai'}: {quiz.title}", 256),
        description=f"{told}\n\n{messages.right_answers(questions, unanswered=not turnout.members)}".strip(),
        colour=SUCCESS if won else NEUTRAL,
        fields=[
            Field("Peserta", format_number(turnout.members)),
            Field("Benar semua" if len(questions) > 1 else "Benar", format_number(turnout.all_right)),
            Field("Poin", "Lihat klasemen dengan /peringkat"),
        ],
        footer=_proof(quiz),
        picture=Picture("quiz_winners", facts, f"pemenang-kuis-{quiz.id}.png") if won else None,
        ping_users=[one.member_id for one in won[:_NAMED]],
    )


def called_off(quiz: Quiz, turnout: Turnout) -> Message:
    """In the channel: the quiz will have no winners, and why."""
    assert quiz.called_off is not None
    thanks = (
        f"\n\nMakasih untuk {format_number(turnout.members)} orang yang sudah menjawab. Kuis ini tidak punya pemenang "
        "dan poinnya tidak dihitung; jawaban beruntunmu tetap."
        if turnout.members
        else ""
    )
    return Message(
        title=clip(f"Dibatalkan: {named('Kuis', quiz.title)}", 256),
        description=f"**Alasannya:** {quiz.called_off.reason}{thanks}",
        colour=WARNING,
        footer=f"Kuis {quiz.id}",
    )


def added_winner(quiz: Quiz, member_id: int) -> Message:
    """Somebody whose answer staff accepted after the end has won too."""
    return Message(
        content=_called([member_id]),
        title=clip(f"Tambahan pemenang: {quiz.title}", 256),
        description=f"Setelah diperiksa tim, jawaban <@{member_id}> dihitung benar. Selamat!",
        colour=SUCCESS,
        ping_users=[member_id],
    )


def passed_on(quiz: Quiz, members: Sequence[int]) -> Message:
    """Prizes nobody claimed go to those who came next."""
    named = ", ".join(f"<@{member}>" for member in members)
    return Message(
        content=_called(members),
        title=clip(f"Pemenang pengganti: {quiz.title}", 256),
        description=f"Ada hadiah yang tidak diambil sampai batas waktunya, jadi diteruskan ke {named}. Selamat!",
        colour=SUCCESS,
        ping_users=list(members),
    )


def nobody_left(quiz: Quiz, number: int) -> Message:
    """For staff: unclaimed prizes without anyone to pass them on to."""
    return Message(
        title=clip(f"Hadiah tidak diambil: {quiz.title}", 256),
        description=f"{number} hadiah tidak diambil sampai batas waktunya, dan tidak ada lagi peserta yang benar.",
        colour=WARNING,
    )


def judging_note(quiz: Quiz, turnout: Turnout) -> Message:
    """For staff: a quiz without a key has closed and waits for them."""
    return Message(
        title=clip(f"Perlu dinilai: {quiz.title}", 256),
        description=(
            f"Kuis ini sudah ditutup dengan {format_number(turnout.members)} peserta, tetapi ada soal tanpa kunci. "
            "Terima jawaban yang benar, lalu umumkan pemenangnya."
        ),
        colour=WARNING,
        buttons=[[answers_button(quiz), settle_button(quiz)]],
    )


def answers_button(quiz: Quiz) -> Button:
    """Opens the answers for staff."""
    return Button(custom_id("quiz:answers", quiz.id), "Lihat jawaban", ButtonStyle.PRIMARY)


def settle_button(quiz: Quiz) -> Button:
    """Announces the winners of a quiz that staff have judged."""
    return Button(custom_id("quiz:settle", quiz.id), "Umumkan pemenang", ButtonStyle.SUCCESS)


def _of(one: Result, questions: Sequence[Question]) -> str:
    return f" · {one.right} dari {len(questions)} benar" if len(questions) > 1 else ""


def _proof(quiz: Quiz) -> str:
    if quiz.terms.way is Way.DRAWN and quiz.seed:
        return f"Kuis {quiz.id} · seed undian {quiz.seed}"
    return f"Kuis {quiz.id} · urutan menurut saat jawaban tersimpan"


def _called(members: Iterable[int]) -> str:
    # A mention in an embed notifies nobody.
    return " ".join(f"<@{member}>" for member in members)
