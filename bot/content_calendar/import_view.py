"""An uploaded calendar as staff see it: what is asked once, what each row is asked, what saving would do."""

from dataclasses import dataclass

from bot.content_calendar.asking import KEEP, TAKE, Ask, Issue, Planned, Setting
from bot.content_calendar.columns import Column
from bot.content_calendar.import_store import Upload
from bot.content_calendar.matching import ImportPlan
from bot.content_calendar.sheet import CalendarSheet
from bot.content_calendar.vocabulary import section_key

_VERSION = Issue(
    Ask.VERSION,
    "Entrinya sudah diubah tim, dan barisnya di lembar berubah juga. Pakai yang mana?",
    ((KEEP, "Pertahankan versi tim"), (TAKE, "Pakai versi lembar")),
)


@dataclass(frozen=True, slots=True)
class BasicsForm:
    """What is asked once for a sheet, as typed and chosen. Blanks for activities mean the usual."""

    year: str
    hour: str
    quiz_open: str = ""
    giveaway_open: str = ""
    way: str | None = None


@dataclass(frozen=True, slots=True)
class ImportView:
    """An uploaded calendar as it now stands; without year and hour there is no plan yet."""

    upload: Upload
    sheet: CalendarSheet
    setting: Setting | None
    plan: ImportPlan | None

    @property
    def questions(self) -> list[tuple[Planned, Issue]]:
        """What a person has yet to decide, from top to bottom; a section's channel is asked once."""
        found: list[tuple[Planned, Issue]] = []
        asked: set[str] = set()
        for row in self.plan.undecided if self.plan else []:
            for issue in row.issues:
                section = section_key(row.row.text(Column.SECTION)) if issue.ask is Ask.SECTION else ""
                if section and section in asked:
                    continue
                asked.add(section)
                found.append((row, issue))
        for ready in self.plan.kept if self.plan else []:
            if not ready.planned.version:
                found.append((ready.planned, _VERSION))
        return found
