"""The vocabulary of the help desk."""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Where in the app a creator is stuck."""

    REGISTRATION = "registration"
    APPLY = "apply"
    POSTING = "posting"
    WITHDRAWAL = "withdrawal"
    OTHER = "other"

    @property
    def indonesian(self) -> str:
        """As creators choose it."""
        return {
            Stage.REGISTRATION: "Registrasi aplikasi",
            Stage.APPLY: "Apply campaign",
            Stage.POSTING: "Submit postingan",
            Stage.WITHDRAWAL: "Penarikan",
            Stage.OTHER: "Lainnya",
        }[self]


class Priority(StrEnum):
    """How soon an answer is due; the targets are in data/help_desk.json."""

    URGENT = "urgent"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def indonesian(self) -> str:
        """For lists and answers."""
        return {
            Priority.URGENT: "Mendesak",
            Priority.HIGH: "Tinggi",
            Priority.MEDIUM: "Sedang",
            Priority.LOW: "Rendah",
        }[self]


class TicketState(StrEnum):
    """Where a ticket stands; rules.MOVES says what may follow what."""

    NEW = "new"
    FORWARDED = "forwarded"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"

    @property
    def indonesian(self) -> str:
        """For lists and answers."""
        return {
            TicketState.NEW: "Baru",
            TicketState.FORWARDED: "Diteruskan ke IT",
            TicketState.IN_PROGRESS: "Dikerjakan",
            TicketState.WAITING: "Menunggu kreator",
            TicketState.RESOLVED: "Selesai",
            TicketState.CLOSED: "Ditutup",
            TicketState.REOPENED: "Dibuka lagi",
        }[self]


OPEN_STATES = frozenset(TicketState) - {TicketState.RESOLVED, TicketState.CLOSED}


class Author(StrEnum):
    """On whose side somebody speaks in a ticket."""

    CREATOR = "creator"
    STAFF = "staff"
    IT = "it"
    SYSTEM = "system"


class EntryKind(StrEnum):
    """What was said or done."""

    OPENED = "opened"
    MESSAGE = "message"  # somebody wrote: creator, staff or IT, by `author`
    NOTE = "note"  # among staff; always internal
    CLAIMED = "claimed"
    HANDED_OVER = "handed_over"
    ESCALATED = "escalated"
    PRIORITY = "priority"
    FORWARDED = "forwarded"  # IT's own system took it
    INFO_ASKED = "info_asked"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"
    MERGED = "merged"
    INCIDENT_JOINED = "incident_joined"
    INCIDENT_UPDATE = "incident_update"
    SLA_WARNED = "sla_warned"
    SLA_BREACHED = "sla_breached"
    RATED = "rated"
    CREATOR_LEFT = "creator_left"
    CREATOR_BACK = "creator_back"
    THREAD_LOST = "thread_lost"


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    """One line of the form, as filled in and masked."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a stage's form."""

    id: int
    stage: Stage
    position: int
    label: str
    hint: str
    required: bool
    paragraph: bool


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as the store has it. Instants in seconds UTC; see the migration for what each column means."""

    id: int
    creator_id: int
    creator_name: str
    stage: Stage
    priority: Priority
    state: TicketState
    summary: str
    answers: tuple[QuestionAnswer, ...]
    assignee_id: int | None
    incident_id: int | None
    merged_into: int | None
    kept_thread_id: int | None
    header_id: int | None
    desk_id: int | None
    conclusion: str | None
    cause: str | None
    clock_used: int
    clock_since: int | None
    response_due_at: int | None
    resolution_due_at: int | None
    breached_response: bool
    breached_resolution: bool
    escalated_at: int | None
    opened_at: int
    first_response_at: int | None
    resolved_at: int | None
    closed_at: int | None
    last_creator_at: int
    last_staff_at: int | None
    stars: int | None
    comment: str | None
    creator_left_at: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing said or done in a ticket. `external_id` is IT's own id of what it sent."""

    id: int
    ticket_id: int
    at: int
    kind: EntryKind
    author: Author
    author_id: int | None
    author_name: str
    text: str
    internal: bool
    from_state: TicketState | None
    to_state: TicketState | None
    discord_message_id: int | None
    external_id: str | None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says or does something in a ticket, and on whose side. `id` is None for IT's own system and for the bot."""

    side: Author
    id: int | None = None
    name: str = ""


BOT = Speaker(Author.SYSTEM)
