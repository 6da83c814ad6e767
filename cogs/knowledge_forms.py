"""The forms of articles and ready-made answers."""

from __future__ import annotations

from bot.knowledge.models import Canned
from bot.knowledge.rules import BODY_LENGTH, CANNED_LENGTH, FIELDS, NAME_LENGTH, TITLE_LENGTH
from bot.tickets.models import Stage
from cogs.ui.forms import Answers, ChoiceField, FormSpec, TextField

_EVERY_STAGE = "every"
_STAGES = tuple((stage.value, stage.indonesian) for stage in Stage)


def article_form(heading: str, stage: Stage | None = None, title: str = "", body: str = "") -> FormSpec:
    """A new article, or one to be written anew."""
    return FormSpec(
        heading,
        (
            ChoiceField("stage", "Tahap", _STAGES, default=(stage.value,) if stage else ()),
            TextField(
                "title",
                "Judul",
                "Seperti kreator menanyakannya, misalnya: Kode OTP tidak masuk",
                max_length=TITLE_LENGTH.stop - 1,
                default=title,
            ),
            TextField(
                "body",
                "Jawaban",
                "Langkah demi langkah, kata sehari-hari. Tanpa nama, nomor, atau data orang.",
                max_length=BODY_LENGTH.stop - 1,
                paragraph=True,
                default=body,
            ),
        ),
    )


def read_article(answers: Answers) -> tuple[Stage, str, str]:
    """Stage, title and body as filled in."""
    return Stage(answers.choice("stage") or ""), answers.text("title"), answers.text("body")


def canned_form(canned: Canned | None = None) -> FormSpec:
    """A new ready-made answer, or one to be written anew."""
    known = " ".join(f"{{{name}}}" for name in FIELDS)
    stage = canned.stage.value if canned and canned.stage else _EVERY_STAGE
    return FormSpec(
        "Ubah jawaban siap pakai" if canned else "Jawaban siap pakai baru",
        (
            TextField(
                "name",
                "Nama",
                "Untuk dicari staf, misalnya: Minta versi aplikasi",
                max_length=NAME_LENGTH.stop - 1,
                default=canned.name if canned else "",
            ),
            TextField(
                "body",
                "Teks",
                f"Yang terisi sendiri: {known}",
                max_length=CANNED_LENGTH.stop - 1,
                paragraph=True,
                default=canned.body if canned else "",
            ),
            ChoiceField("stage", "Untuk tiket tahap", ((_EVERY_STAGE, "Semua tahap"), *_STAGES), default=(stage,)),
        ),
    )


def read_canned(answers: Answers) -> tuple[str, str, Stage | None]:
    """Name, text and stage as filled in."""
    stage = answers.choice("stage") or _EVERY_STAGE
    return answers.text("name"), answers.text("body"), None if stage == _EVERY_STAGE else Stage(stage)
