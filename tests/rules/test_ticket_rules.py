"""What may be done with a ticket: only legal moves, whatever people press and in whatever order."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.platform.errors import DomainError, FormRefused, NotAllowed, TooLate
from bot.tickets import rules
from bot.tickets.models import OPEN_STATES, Priority, Stage, Ticket, TicketState

CREATOR, IT, OTHER = 10, 20, 30
REOPEN_DAYS = 7
S = TicketState


def a_ticket(state: TicketState = S.NEW, **changes: object) -> Ticket:
    """A ticket in a state."""
    blank = dict.fromkeys(Ticket.__slots__)
    known = {
        "id": 1,
        "creator_id": CREATOR,
        "creator_name": "Raka",
        "stage": Stage.OTHER,
        "priority": Priority.LOW,
        "state": state,
        "summary": "macet",
        "answers": (),
        "clock_used": 0,
        "breached_response": False,
        "breached_resolution": False,
        "opened_at": 0,
        "last_creator_at": 0,
    }
    return Ticket(**{**blank, **known, **changes})  # type: ignore[arg-type]


class LifeOfATicket(RuleBasedStateMachine):
    """People press whatever they like; the rules alone decide."""

    def __init__(self) -> None:
        super().__init__()
        self.ticket = a_ticket()
        self.now = 0
        self.path = [S.NEW]

    def go(self, to: TicketState, **changes: object) -> bool:
        before = self.ticket.state
        try:
            rules.move(self.ticket, to)
        except TooLate as refusal:
            assert to not in rules.MOVES[before] and f"#{self.ticket.id}" in refusal.message
            return False
        assert to in rules.MOVES[before]
        self.ticket = replace(self.ticket, state=to, **changes)  # type: ignore[arg-type]
        self.path.append(to)
        return True

    @rule()
    def it_takes_it_in(self) -> None:
        if self.ticket.state is S.NEW:
            assert self.go(S.FORWARDED)
        else:
            assert not self.go(S.FORWARDED)

    @rule(who=st.sampled_from([IT, OTHER]))
    def somebody_claims(self, who: int) -> None:
        try:
            rules.check_claim(self.ticket, who)
        except TooLate:
            assert self.ticket.assignee_id is not None or self.ticket.state not in OPEN_STATES
            return
        self.ticket = replace(self.ticket, assignee_id=who)
        if self.ticket.state not in (S.WAITING, S.IN_PROGRESS):
            assert self.go(S.IN_PROGRESS)

    @rule()
    def info_is_asked(self) -> None:
        allowed = self.ticket.state in OPEN_STATES - {S.WAITING}
        assert self.go(S.WAITING) is allowed

    @rule()
    def work_goes_on(self) -> None:
        allowed = self.ticket.state in OPEN_STATES - {S.IN_PROGRESS}
        assert self.go(S.IN_PROGRESS) is allowed

    @rule()
    def it_is_concluded(self) -> None:
        allowed = self.ticket.state in OPEN_STATES
        assert self.go(S.RESOLVED, conclusion="Sudah diperbaiki.", stars=None) is allowed

    @rule()
    def it_is_closed(self) -> None:
        allowed = self.ticket.state is not S.CLOSED
        assert self.go(S.CLOSED, closed_at=self.now) is allowed

    @rule(who=st.sampled_from([CREATOR, IT, OTHER]), stars=st.integers(-1, 7))
    def somebody_rates(self, who: int, stars: int) -> None:
        try:
            rules.check_creator(self.ticket, who)
            rules.check_rating(self.ticket, stars)
        except DomainError as refusal:
            assert not isinstance(refusal, NotAllowed) or who != CREATOR
            return
        assert who == CREATOR and 1 <= stars <= 5 and self.ticket.state in (S.RESOLVED, S.CLOSED)
        assert self.ticket.stars is None and self.ticket.conclusion is not None
        self.ticket = replace(self.ticket, stars=stars)

    @rule()
    def it_is_reopened(self) -> None:
        try:
            rules.check_reopening(self.ticket, self.now, REOPEN_DAYS)
        except TooLate:
            closed_at = self.ticket.closed_at
            late = closed_at is not None and self.now > closed_at + REOPEN_DAYS * rules.DAY
            assert late or self.ticket.state in OPEN_STATES
            return
        assert self.go(S.REOPENED, closed_at=None)

    @rule(hours=st.integers(1, 100))
    def time_passes(self, hours: int) -> None:
        self.now += hours * 3_600

    @precondition(lambda self: self.ticket.state in OPEN_STATES)
    @rule()
    def staff_may_work_on_it(self) -> None:
        rules.check_workable(self.ticket)

    @invariant()
    def it_is_closed_exactly_when_it_has_an_end(self) -> None:
        assert (self.ticket.state is S.CLOSED) == (self.ticket.closed_at is not None)

    @invariant()
    def an_answer_is_never_without_its_words(self) -> None:
        assert self.ticket.state is not S.RESOLVED or self.ticket.conclusion is not None

    @invariant()
    def it_is_new_only_once(self) -> None:
        assert S.NEW not in self.path[1:] and self.path.count(S.FORWARDED) <= 1

    @invariant()
    def it_can_always_be_brought_to_an_end(self) -> None:
        assert self.ticket.state is S.CLOSED or rules.may_move(self.ticket.state, S.CLOSED)


TestLifeOfATicket = LifeOfATicket.TestCase


def test_the_moves_are_exactly_these() -> None:
    legal = {(before, to) for before, ends in rules.MOVES.items() for to in ends}
    working = {S.NEW, S.FORWARDED, S.IN_PROGRESS, S.WAITING, S.REOPENED}
    ends = {(before, to) for before in working for to in (S.RESOLVED, S.CLOSED)}
    assert legal == ends | {
        (S.NEW, S.FORWARDED),
        (S.NEW, S.IN_PROGRESS),
        (S.NEW, S.WAITING),
        (S.FORWARDED, S.IN_PROGRESS),
        (S.FORWARDED, S.WAITING),
        (S.IN_PROGRESS, S.WAITING),
        (S.WAITING, S.IN_PROGRESS),
        (S.REOPENED, S.IN_PROGRESS),
        (S.REOPENED, S.WAITING),
        (S.RESOLVED, S.CLOSED),
        (S.RESOLVED, S.REOPENED),
        (S.CLOSED, S.REOPENED),
    }


def test_a_closed_ticket_reopens_until_the_last_second_of_the_seventh_day() -> None:
    closed = a_ticket(S.CLOSED, closed_at=1_000)
    rules.check_reopening(closed, 1_000 + 7 * rules.DAY, REOPEN_DAYS)
    with pytest.raises(TooLate, match="lebih dari 7 hari"):
        rules.check_reopening(closed, 1_001 + 7 * rules.DAY, REOPEN_DAYS)
    with pytest.raises(TooLate, match="digabung ke tiket #9"):
        rules.check_reopening(replace(closed, merged_into=9), 1_000, REOPEN_DAYS)


def test_who_reopens_too_late_is_told_what_they_themselves_can_do() -> None:
    closed = a_ticket(S.CLOSED, closed_at=0)
    with pytest.raises(TooLate, match="Buat tiket baru"):
        rules.check_reopening(closed, 8 * rules.DAY, REOPEN_DAYS)
    with pytest.raises(TooLate, match="Minta kreatornya"):
        rules.check_reopening(closed, 8 * rules.DAY, REOPEN_DAYS, staff=True)


def test_answers_within_a_minute_call_the_creator_once_unless_they_wrote_in_between() -> None:
    answered = a_ticket(last_staff_at=100, last_creator_at=90)
    assert rules.calls_creator(a_ticket(), 100) and rules.calls_creator(answered, 160)
    assert not rules.calls_creator(answered, 159)
    assert rules.calls_creator(replace(answered, last_creator_at=101), 110)
    assert not rules.calls_creator(a_ticket(creator_left_at=5), 100)


def test_replies_in_a_row_call_it_once_in_ten_minutes_and_anew_after_an_answer() -> None:
    assert rules.calls_staff(a_ticket(), 1), "the first after opening"
    wrote = a_ticket(last_creator_at=100)
    assert not rules.calls_staff(wrote, 699) and rules.calls_staff(wrote, 700)
    assert rules.calls_staff(replace(wrote, last_staff_at=150), 160)
    assert not rules.calls_staff(replace(wrote, last_staff_at=50), 160)


def test_a_conclusion_needs_words_and_a_cause() -> None:
    rules.check_conclusion("Server sempat penuh, sekarang normal.", "outage")
    with pytest.raises(FormRefused) as refused:
        rules.check_conclusion("ok", "entah")
    assert len(refused.value.problems) == 2
    with pytest.raises(FormRefused):
        rules.check_conclusion("x" * 1501, "outage")


def test_only_two_open_tickets_of_one_creator_are_merged() -> None:
    one, two = a_ticket(), a_ticket(id=2)
    rules.check_merge(one, two)
    for source, target in (
        (one, one),
        (one, replace(two, creator_id=OTHER)),
        (replace(one, state=S.CLOSED, closed_at=1), two),
        (one, replace(two, state=S.RESOLVED, conclusion="x")),
    ):
        with pytest.raises(DomainError):
            rules.check_merge(source, target)


@given(st.integers(0, 20), st.integers(1, 10))
def test_the_limit_of_open_tickets(held: int, limit: int) -> None:
    if held < limit:
        rules.check_opening(held, limit)
    else:
        with pytest.raises(TooLate, match="/tiket saya"):
            rules.check_opening(held, limit)


@pytest.mark.parametrize(
    "text", ["makasih", "Terima kasih banyak kak", "ok sip", "👍", "udah bisa, makasih ya kak 🙏", "Thanks!"]
)
def test_thanks_are_only_thanks(text: str) -> None:
    assert rules.is_only_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "makasih tapi masih error",
        "belum bisa",
        "bisa?",
        "sudah",
        "",
        "halo",
        "ok tapi kapan?",
        "makasih " * 3 + "gagal",
    ],
)
def test_whoever_says_more_than_thanks_is_heard(text: str) -> None:
    assert not rules.is_only_thanks(text)
