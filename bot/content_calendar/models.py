"""What the content calendar knows: entries, what they start, and how they stand."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.platform.clock import JAKARTA, from_timestamp

# How late an entry may still appear by itself unless it says otherwise.
DEFAULT_GRACE_SECONDS = 7_200
# How long what an entry starts is open unless somebody says otherwise: a day to answer, three days to join.
QUIZ_SECONDS = 86_400
GIVEAWAY_SECONDS = 3 * 86_400
SHORTEST_OPEN, LONGEST_OPEN = 60, 30 * 86_400


class Focus(StrEnum):
    """What an entry is for; its objective in the evaluation."""

    ENGAGEMENT = "engagement"
    ACQUISITION = "acquisition"

    @property
    def label(self) -> str:
        """As the sheet writes it."""
        return "Member Engagement" if self is Focus.ENGAGEMENT else "Member Acquisition"


class Media(StrEnum):
    """Where an entry appears. Only the community is posted by the bot; the others are a reminder to the team."""

    COMMUNITY = "community"
    INSTAGRAM_FEED = "instagram_feed"
    INSTAGRAM_STORY = "instagram_story"
    INSTAGRAM_REELS = "instagram_reels"
    TIKTOK = "tiktok"
    YOUTUBE = "youtube"
    FACEBOOK = "facebook"
    X = "x"
    THREADS = "threads"
    LINKEDIN = "linkedin"
    WHATSAPP = "whatsapp"
    OTHER = "other"

    @property
    def label(self) -> str:
        """For people."""
        return _MEDIA[self][0]

    @property
    def hosts(self) -> tuple[str, ...]:
        """Where links to its posts lead; empty where any address will do."""
        return _MEDIA[self][1]


_INSTAGRAM = ("instagram.com", "instagr.am")
_MEDIA: dict[Media, tuple[str, tuple[str, ...]]] = {
    Media.COMMUNITY: ("Community", ()),
    Media.INSTAGRAM_FEED: ("Instagram Feed", _INSTAGRAM),
    Media.INSTAGRAM_STORY: ("Instagram Story", _INSTAGRAM),
    Media.INSTAGRAM_REELS: ("Instagram Reels", _INSTAGRAM),
    Media.TIKTOK: ("TikTok", ("tiktok.com",)),
    Media.YOUTUBE: ("YouTube", ("youtube.com", "youtu.be")),
    Media.FACEBOOK: ("Facebook", ("facebook.com", "fb.com", "fb.watch")),
    Media.X: ("X (Twitter)", ("x.com", "twitter.com")),
    Media.THREADS: ("Threads", ("threads.net", "threads.com")),
    Media.LINKEDIN: ("LinkedIn", ("linkedin.com", "lnkd.in")),
    Media.WHATSAPP: ("WhatsApp", ()),
    Media.OTHER: ("Media lain", ()),
}


class Kind(StrEnum):
    """What an entry starts in the community."""

    POST = "post"
    QUIZ = "quiz"
    GIVEAWAY = "giveaway"

    @property
    def label(self) -> str:
        """For people."""
        return {Kind.POST: "Posting", Kind.QUIZ: "Kuis", Kind.GIVEAWAY: "Giveaway"}[self]


class EntryState(StrEnum):
    """Where an entry stands. `posted`: in its channel, or the reminder is with the team; `done`: the team did it."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    POSTED = "posted"
    MISSED = "missed"
    CANCELLED = "cancelled"
    DONE = "done"

    @property
    def label(self) -> str:
        """For people."""
        return _STATES[self]


_STATES = {
    EntryState.DRAFT: "Draf",
    EntryState.SCHEDULED: "Terjadwal",
    EntryState.POSTED: "Sudah keluar",
    EntryState.MISSED: "Terlewat",
    EntryState.CANCELLED: "Dibatalkan",
    EntryState.DONE: "Sudah tayang",
}


@dataclass(frozen=True, slots=True)
class Prize:
    """What each winner gets: words, whole rupiah (None for what is no money), and how many win (None: not said)."""

    description: str
    amount: int | None
    winners: int | None

    @property
    def total(self) -> int | None:
        """What all winners get together, in whole rupiah; None where either figure is unknown."""
        return self.amount * self.winners if self.amount is not None and self.winners is not None else None


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a quiz; `answers` are the accepted ones, empty where staff judge by hand."""

    number: int
    text: str
    answers: tuple[str, ...] = ()


class LegalKind(StrEnum):
    """What staff say a giveaway is before the law; permit and tax differ."""

    DRAW = "draw"
    CONTEST = "contest"

    @property
    def label(self) -> str:
        """For people."""
        return "Undian gratis berhadiah" if self is LegalKind.DRAW else "Kontes"


class Way(StrEnum):
    """How a quiz is won among those with the most right answers."""

    FASTEST = "fastest"
    DRAWN = "drawn"

    @property
    def label(self) -> str:
        """For people."""
        return "Yang tercepat" if self is Way.FASTEST else "Diundi di antara yang benar"


@dataclass(frozen=True, slots=True)
class Content:
    """Everything an entry says, whatever its time and state. `title` names it in lists.

    `open_seconds` and `way` are None where nobody has said: see `lasts` and `won`.
    """

    focus: Focus
    media: Media
    kind: Kind
    title: str
    section: str = ""
    channel_id: int | None = None
    caption: str = ""
    big_words: str = ""
    content: str = ""
    strategy: str = ""
    directive: str = ""
    reference: str = ""
    questions: tuple[Question, ...] = ()
    prize: Prize | None = None
    legal: LegalKind | None = None
    permit: str = ""
    open_seconds: int | None = None
    way: Way | None = None

    @property
    def in_community(self) -> bool:
        """Whether the bot posts it; anything else is a reminder to the team."""
        return self.media is Media.COMMUNITY

    @property
    def lasts(self) -> int:
        """How long its quiz or giveaway is open, in seconds; 0 for a post."""
        usual = {Kind.POST: 0, Kind.QUIZ: QUIZ_SECONDS, Kind.GIVEAWAY: GIVEAWAY_SECONDS}[self.kind]
        return self.open_seconds if self.open_seconds is not None and self.kind is not Kind.POST else usual

    @property
    def won(self) -> Way:
        """How its quiz is won."""
        return self.way or Way.FASTEST

    @property
    def by_lot(self) -> bool:
        """Whether fate decides who gets a prize, so that the law on draws has to be looked at."""
        drawn = self.kind is Kind.QUIZ and self.won is Way.DRAWN and self.prize is not None
        return self.kind is Kind.GIVEAWAY or drawn


@dataclass(frozen=True, slots=True)
class Source:
    """The sheet's row an entry came from. `digest` covers what the row says, not its number."""

    digest: str
    number: str
    due_at: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `delivery` is how its message stands in the outbox: pending, sending, sent, failed, or None.

    `edited_at` is when somebody changed by hand what a sheet had said (seconds UTC), None while it says what that says.
    """

    id: int
    state: EntryState
    due_at: int
    grace_seconds: int
    content: Content
    target: int | None
    image_file_id: int | None
    revision: int
    series_id: int | None
    occurrence: date | None
    source: Source | None
    activity_id: int | None
    outbox_id: int | None
    link: str | None
    reached: int | None
    took_part: int | None
    spent: int | None
    reason: str
    created_by: int | None
    posted_at: int | None
    delivery: str | None
    message_id: int | None
    edited_at: int | None

    @property
    def title(self) -> str:
        """What lists call it."""
        return self.content.title

    @property
    def local(self) -> datetime:
        """When it is due, as people in Jakarta read it."""
        return from_timestamp(self.due_at).astimezone(JAKARTA)

    @property
    def is_open(self) -> bool:
        """Whether it has yet to appear."""
        return self.state in (EntryState.DRAFT, EntryState.SCHEDULED, EntryState.MISSED)
