"""/kuis for what comes beside writing one: how questions come, the law, corrections after the post, seasons."""

from __future__ import annotations

from discord import app_commands

from bot.platform.text import named
from bot.quizzes.models import QuizState
from bot.quizzes.whole import Whole
from bot.server.models import Access
from cogs import quiz_forms as forms
from cogs import quiz_staff_views as views
from cogs.quiz_choices import quiz_choices
from cogs.quiz_group import kuis
from cogs.ui.answers import Interaction, actor, answer, hold, redraw
from cogs.ui.confirming import confirm
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.routing import AreaCog, allow, choose, custom_id, form, press

KOL = Access.KOL
UNDER_WAY = (QuizState.OPEN, QuizState.JUDGING)
UNENDED = (QuizState.DRAFT, QuizState.SCHEDULED, *UNDER_WAY)


async def _build_session(cog: QuizDesk, interaction: Interaction, quiz_id: int) -> FormSpec:
    return forms.session_form((await cog.bot.services.quiz_writing.changeable(quiz_id)).quiz)


async def _build_legal(cog: QuizDesk, interaction: Interaction, quiz_id: int) -> FormSpec:
    return forms.legal_form(await cog.bot.services.quizzes.get(quiz_id))


async def _build_closing(cog: QuizDesk, interaction: Interaction, quiz_id: int) -> FormSpec:
    whole, now = await cog.bot.services.quiz_correcting.open_one(quiz_id)
    return forms.closing_form(whole, now)


async def _build_key(cog: QuizDesk, interaction: Interaction, question_id: int) -> FormSpec:
    _, question = await cog.bot.services.quiz_correcting.key_of(question_id)
    return forms.key_form(question)


async def _build_calling_off(cog: QuizDesk, interaction: Interaction, quiz_id: int) -> FormSpec:
    return forms.calling_off_form(await cog.bot.services.quizzes.get(quiz_id))


class QuizDesk(AreaCog):
    """What `cogs/quiz_admin.py` adds to its own."""

    async def show_panel(self, interaction: Interaction, quiz_id: int) -> None:
        """A quiz as staff see it, in a new answer."""
        raise NotImplementedError

    async def reshow(self, interaction: Interaction, whole: Whole) -> None:
        """The same in place of the panel whose button was pressed."""
        raise NotImplementedError

    @kuis.command(name="ubah", description="Ubah kuis: draf, atau yang sedang dibuka")
    @app_commands.describe(judul="Ketik sebagian judul, lalu pilih")
    @allow(KOL)
    async def change_command(self, interaction: Interaction, judul: str) -> None:
        """Its panel."""
        await self.show_panel(interaction, (await self.bot.services.quizzes.chosen(judul, UNENDED)).id)

    @kuis.command(name="batal", description="Batalkan kuis yang sedang berjalan; tidak ada pemenang dan hadiah")
    @app_commands.describe(judul="Ketik sebagian judul, lalu pilih")
    @allow(KOL)
    async def call_off_command(self, interaction: Interaction, judul: str) -> None:
        """Ask why."""
        quiz = await self.bot.services.quizzes.chosen(judul, UNDER_WAY)
        await self.bot.router.open_form(interaction, custom_id("quiz:call-off", quiz.id))

    @kuis.command(name="musim", description="Beri nama musim klasemen dengan tanggalnya, atau lihat yang ada")
    @app_commands.describe(
        nama="Nama musim; nama yang sudah ada diganti tanggalnya",
        mulai="Hari pertama, misalnya 1/4",
        selesai="Hari terakhir",
    )
    @allow(KOL)
    async def season_command(
        self, interaction: Interaction, nama: str = "", mulai: str = "", selesai: str = ""
    ) -> None:
        """Without anything: the seasons there are."""
        seasons, told = self.bot.services.quiz_seasons, ""
        if nama or mulai or selesai:
            season, new = await seasons.name(actor(interaction), nama, mulai, selesai)
            told = views.season_named(season, new=new)
        await answer(interaction, views.seasons(await seasons.named(), await seasons.season(), told))

    @change_command.autocomplete("judul")
    async def _unended_titles(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return await quiz_choices(interaction, KOL, current, UNENDED)

    @call_off_command.autocomplete("judul")
    async def _running_titles(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return await quiz_choices(interaction, KOL, current, UNDER_WAY)

    @choose("quiz:season-drop", access=KOL)
    async def drop_season(self, interaction: Interaction, values: list[str]) -> None:
        """Ask once."""
        question = "Hapus musim ini? Kuis pada tanggal itu terhitung di musim kuartalnya lagi."
        await confirm(interaction, question, custom_id("quiz:season-drop-yes", int(values[0])), "Ya, hapus musim")

    @press("quiz:season-drop-yes:{season_id}", access=KOL)
    async def drop_season_now(self, interaction: Interaction, season_id: int) -> None:
        """The yes."""
        season = await self.bot.services.quiz_seasons.drop(actor(interaction), season_id)
        await redraw(interaction, f"Musim **{season.name}** dihapus.")

    @press("quiz:session:{quiz_id}", access=KOL)
    async def write_session(self, interaction: Interaction, quiz_id: int) -> None:
        """Open the form about how questions come."""
        await self.bot.router.open_form(interaction, custom_id("quiz:session", quiz_id))

    @form("quiz:session:{quiz_id}", access=KOL, build=_build_session)
    async def session_written(self, interaction: Interaction, answers: Answers, quiz_id: int) -> None:
        """All at once, or one after another."""
        filled = forms.read_session(answers)
        await self.reshow(
            interaction, await self.bot.services.quiz_writing.change_session(actor(interaction), quiz_id, filled)
        )

    @press("quiz:legal:{quiz_id}", access=KOL)
    async def write_legal(self, interaction: Interaction, quiz_id: int) -> None:
        """Open the form about draw or contest."""
        await self.bot.router.open_form(interaction, custom_id("quiz:legal", quiz_id))

    @form("quiz:legal:{quiz_id}", access=KOL, build=_build_legal)
    async def legal_written(self, interaction: Interaction, answers: Answers, quiz_id: int) -> None:
        """Draw or contest, and the permit."""
        writing = self.bot.services.quiz_writing
        kind, permit = answers.choice("kind"), answers.text("permit")
        await self.reshow(interaction, await writing.choose_legal(actor(interaction), quiz_id, kind, permit))

    @press("quiz:closing:{quiz_id}", access=KOL)
    async def write_closing(self, interaction: Interaction, quiz_id: int) -> None:
        """Open the form about the end and the hints to come."""
        await self.bot.router.open_form(interaction, custom_id("quiz:closing", quiz_id))

    @form("quiz:closing:{quiz_id}", access=KOL, build=_build_closing)
    async def closing_written(self, interaction: Interaction, answers: Answers, quiz_id: int) -> None:
        """When it closes, and the hints to come."""
        correcting, filled = self.bot.services.quiz_correcting, forms.read_closing(answers)
        await self.reshow(interaction, await correcting.change_closing(actor(interaction), quiz_id, filled))

    @choose("quiz:edit-key", access=KOL)
    async def edit_key(self, interaction: Interaction, values: list[str]) -> None:
        """Open the accepted answers of one question."""
        await self.bot.router.open_form(interaction, custom_id("quiz:key", int(values[0])))

    @form("quiz:key:{question_id}", access=KOL, build=_build_key)
    async def key_written(self, interaction: Interaction, answers: Answers, question_id: int) -> None:
        """Other accepted answers: what was answered is judged anew."""
        await hold(interaction)
        correcting = self.bot.services.quiz_correcting
        whole, turned = await correcting.change_key(actor(interaction), question_id, answers.text("key"))
        await self.reshow(interaction, whole)
        await answer(interaction, f"Kuncinya diganti. {turned} jawaban yang sudah masuk dinilai ulang.")

    @press("quiz:call-off:{quiz_id}", access=KOL)
    async def call_off(self, interaction: Interaction, quiz_id: int) -> None:
        """Ask why."""
        await self.bot.router.open_form(interaction, custom_id("quiz:call-off", quiz_id))

    @form("quiz:call-off:{quiz_id}", access=KOL, build=_build_calling_off)
    async def called_off(self, interaction: Interaction, answers: Answers, quiz_id: int) -> None:
        """It ends without winners."""
        quiz = await self.bot.services.quizzes.call_off(actor(interaction), quiz_id, answers.text("reason"))
        await answer(
            interaction,
            f"**{named('Kuis', quiz.title)}** dibatalkan. Alasannya tampil di <#{quiz.channel_id}>; tidak ada hadiah.",
        )
