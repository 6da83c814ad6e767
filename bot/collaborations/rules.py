"""Which way a collaboration may go, and what its forms must hold."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from bot.collaborations.models import Collaboration, Plan, Status
from bot.platform.errors import DomainError, FormRefused, TooLate
from bot.platform.indonesian import parse_date
from bot.platform.problems import Problems
from bot.platform.text import filled, has_hidden_characters, one_line, tidy

IDEA_LENGTH = 300
MESSAGE_LENGTH = 500
LINK_LENGTH = 300
REASON_LENGTH = 200

# One step back is for slips; a cancelled idea may come up again.
MOVES: dict[Status, tuple[Status, ...]] = {
    Status.IDEA: (Status.AGREED, Status.CANCELLED),
    Status.AGREED: (Status.MAKING, Status.IDEA, Status.CANCELLED),
    Status.MAKING: (Status.POSTED, Status.AGREED, Status.CANCELLED),
    Status.POSTED: (Status.MAKING,),
    Status.CANCELLED: (Status.IDEA,),
}


@dataclass(frozen=True)
class PlanForm:
    """The form as typed."""

    idea: str
    message: str
    planned_on: str


def read_plan(form: PlanForm, kept: Plan | None, today: date) -> Plan:
    """The form over what was known; the creator is chosen elsewhere. Raises FormRefused."""
    problems = Problems()
    idea = problems.read(lambda: filled(tidy(form.idea), "Ide konten", IDEA_LENGTH), "")
    message = problems.read(lambda: filled(tidy(form.message), "Pesan brand", MESSAGE_LENGTH), "")
    planned_on = problems.read(lambda: parse_date(form.planned_on, today=today), None, "Rencana tayang")
    problems.settle()
    return replace(kept or Plan(idea, message), idea=idea, message=message, planned_on=planned_on)


def read_link(text: str) -> str:
    """The address of what was posted. Raises FormRefused."""
    link = text.strip()
    try:
        parts = urlsplit(link)
        complete = parts.scheme in ("http", "https") and bool(parts.hostname and "." in parts.hostname)
    except ValueError:
        complete = False
    if not complete or len(link) > LINK_LENGTH or has_hidden_characters(link) or len(link.split()) != 1:
        raise FormRefused(["Tempel tautan kontennya secara lengkap, diawali https://"])
    return link


def moved(known: Collaboration, version: int, status: Status, *, link: str = "", reason: str = "") -> Collaboration:
    """The collaboration one step on. Raises TooLate, FormRefused, or DomainError with what is missing."""
    check_move(known, version, status)
    words = one_line(reason)[:REASON_LENGTH]
    if status is Status.CANCELLED and not words:
        raise FormRefused(["Tulis alasannya, supaya ide ini tidak diulang dengan masalah yang sama."])
    return replace(
        known,
        status=status,
        version=known.version + 1,
        link=read_link(link) if status is Status.POSTED else known.link,
        reason=words if status is Status.CANCELLED else None,
    )


def check_move(known: Collaboration, version: int, status: Status) -> None:
    """Raise unless the step is possible on the collaboration as somebody saw it (`version`)."""
    if known.version != version:
        raise TooLate("Kolaborasi ini baru saja diubah orang lain. Buka lagi dengan /kolaborasi daftar.")
    if status not in MOVES[known.status]:
        raise TooLate(f"Kolaborasi ini berstatus {known.status.indonesian}, jadi langkah itu tidak bisa.")
    if status in (Status.AGREED, Status.MAKING, Status.POSTED) and known.plan.creator_name is None:
        raise DomainError("Belum ada kreatornya. Isi dulu dengan /kolaborasi kreator.")


def changed(known: Collaboration, version: int, plan: Plan) -> Collaboration:
    """The collaboration with another plan. Raises TooLate."""
    if known.version != version:
        raise TooLate("Kolaborasi ini baru saja diubah orang lain. Buka lagi dengan /kolaborasi daftar.")
    if known.status is Status.CANCELLED:
        raise TooLate("Kolaborasi ini sudah batal. Kembalikan jadi ide dulu kalau mau diubah.")
    return replace(known, plan=plan, version=known.version + 1)
