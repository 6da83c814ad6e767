"""The vocabulary of quizzes: what is asked, who answered what, who won, and the season's points."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.giveaways.models import Legal


class QuizState(StrEnum):
    """Where a quiz stands. `judging`: closed, but some answers have no key and wait for staff.

    `discarded` was never seen by members; `called_off` was, and it stays visible why (stored as `discarded`).
    """

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    JUDGING = "judging"
    CLOSED = "closed"
    DISCARDED = "discarded"
    CALLED_OFF = "called_off"

    @property
    def indonesian(self) -> str:
        """For lists and answers."""
        return _STATES[self]


_STATES = {
    QuizState.DRAFT: "Draf",
    QuizState.SCHEDULED: "Menunggu kalender",
    QuizState.OPEN: "Dibuka",
    QuizState.JUDGING: "Dinilai tim",
    QuizState.CLOSED: "Selesai",
    QuizState.DISCARDED: "Dibuang",
    QuizState.CALLED_OFF: "Dibatalkan",
}


class QuestionKind(StrEnum):
    """How a question is answered."""

    OPEN = "open"
    CHOICE = "choice"
    PICTURE = "picture"

    @property
    def indonesian(self) -> str:
        """For staff and cards."""
        names = {"open": "Isian", "choice": "Pilihan ganda", "picture": "Tebak gambar"}
        return names[self.value]


class Way(StrEnum):
    """How winners are found among those with the most right answers."""

    FASTEST = "fastest"
    DRAWN = "drawn"


class PointsKind(StrEnum):
    """What a member got points for in one quiz."""

    RIGHT = "right"
    WINNER = "winner"
    STREAK = "streak"


@dataclass(frozen=True, slots=True)
class QuizPrize:
    """What each winner gets: words, and whole rupiah where it is money."""

    description: str
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What the first form asks. `open_seconds` counts from the moment the quiz is posted.

    `until` is the instant (seconds UTC) at which it closes where staff named one; `open_seconds` is then a guess.
    """

    title: str
    way: Way = Way.FASTEST
    winners: int = 1
    prize: QuizPrize | None = None
    open_seconds: int = 86_400
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Pacing:
    """How questions come: all at once, or in turn, each open for `question_seconds` after a pause."""

    question_seconds: int | None = None
    pause_seconds: int = 15

    @property
    def in_turn(self) -> bool:
        """Whether questions come one after another."""
        return self.question_seconds is not None

    def lasts(self, questions: int) -> int:
        """Seconds that so many questions take one after another, the pause before each included."""
        return questions * ((self.question_seconds or 0) + self.pause_seconds)


@dataclass(frozen=True, slots=True)
class Conditions:
    """The finer rules. `close_after`: close as soon as so many members have everything right (None: by time only)."""

    changeable: bool = False
    creators_only: bool = False
    close_after: int | None = None
    claim_days: int = 7


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `accepted` is empty where staff judge by hand; `right_option` counts from 0.

    `id` and `position` (from 1) are 0 until it is stored. The last four are for questions that come in turn: when it
    was asked, when it closes and closed (seconds UTC), and the outbox row of its post.
    """

    kind: QuestionKind
    prompt: str
    big_words: str = ""
    accepted: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    right_option: int | None = None
    explanation: str = ""
    image_file_id: int | None = None
    id: int = 0
    position: int = 0
    opened_at: int | None = None
    closes_at: int | None = None
    closed_at: int | None = None
    announcement_id: int | None = None

    @property
    def has_key(self) -> bool:
        """Whether the bot can tell a right answer from a wrong one."""
        return self.right_option is not None if self.kind is QuestionKind.CHOICE else bool(self.accepted)

    @property
    def right_answer(self) -> str:
        """What is shown as right after the end; empty without a key."""
        if self.kind is QuestionKind.CHOICE:
            return self.options[self.right_option] if self.right_option is not None else ""
        return self.accepted[0] if self.accepted else ""


@dataclass(frozen=True, slots=True)
class HintSpec:
    """A hint and how many seconds after the start it appears."""

    after_seconds: int
    text: str


@dataclass(frozen=True, slots=True)
class Hint:
    """A hint of a quiz; `number` counts from 1 in the order they appear."""

    id: int
    quiz_id: int
    number: int
    spec: HintSpec


@dataclass(frozen=True, slots=True)
class QuizSpec:
    """Everything needed to make a quiz at once, as the content calendar does."""

    terms: Terms
    questions: tuple[Question, ...] = ()
    hints: tuple[HintSpec, ...] = ()
    conditions: Conditions = field(default_factory=Conditions)
    pacing: Pacing = field(default_factory=Pacing)
    legal: Legal | None = None


@dataclass(frozen=True, slots=True)
class CalledOff:
    """When a posted quiz was called off (seconds UTC), by whom, and why; members read the reason."""

    at: int
    by: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz. Instants are seconds UTC; `announcement_id` is an outbox row; `seed` is set when it closes.

    `extra` is the message (as JSON) of the calendar that the announcement was built on; `season` is set when it closes.
    """

    id: int
    terms: Terms
    conditions: Conditions
    state: QuizState
    revision: int
    channel_id: int | None
    announcement_id: int | None
    extra: str | None
    created_by: int | None
    created_at: int
    opened_at: int | None
    closes_at: int | None
    closed_at: int | None
    closed_by: int | None
    seed: str | None
    pacing: Pacing = field(default_factory=Pacing)
    legal: Legal | None = None
    called_off: CalledOff | None = None
    season: str | None = None

    @property
    def title(self) -> str:
        """Its title."""
        return self.terms.title

    @property
    def unposted(self) -> bool:
        """Whether nobody but staff has seen it."""
        return self.state in (QuizState.DRAFT, QuizState.SCHEDULED)

    @property
    def by_lot(self) -> bool:
        """Whether fate decides who gets a prize, so that the law on draws has to be looked at."""
        return self.terms.way is Way.DRAWN and self.terms.prize is not None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a member answered. `id` grows in the order in which answers were committed: the only measure of speed.

    `answered_at` (seconds UTC) is for people. `accepted_by` is set where staff accepted a wrong one by hand.
    """

    id: int
    quiz_id: int
    question_id: int
    member_id: int
    name: str = field(repr=False)
    text: str = field(repr=False)
    option: int | None = field(repr=False)
    right: bool = field(repr=False)
    answered_at: int
    accepted_by: int | None = None
    reason: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as it came in: text for open questions, the option's number (from 0) for multiple choice."""

    question_id: int
    text: str = ""
    option: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A member's whole quiz: how many right answers, and the id of the last answer that made them so."""

    member_id: int
    right: int
    moment: int


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a member's quiz. `rank` from 1; `won_in` is the round of prizes (1 the first), None for no prize."""

    quiz_id: int
    member_id: int
    right: int
    moment: int
    rank: int
    won_in: int | None
    streak: int = 0


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many took part and how many of them had everything right."""

    members: int
    all_right: int


@dataclass(frozen=True, slots=True)
class Season:
    """A time whose points count together: a quarter of the year, or one that staff named.

    `starts_at` is included, `ends_at` is not; seconds UTC. `id` is 0 for quarters.
    """

    key: str
    name: str
    starts_at: int
    ends_at: int
    id: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """A member's season. `reached` is the id of the ledger row with which the points were reached."""

    member_id: int
    name: str = field(repr=False)
    points: int
    right: int
    quizzes: int
    reached: int
    streak: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the leaderboard; equal points share a rank."""

    rank: int
    score: Score
