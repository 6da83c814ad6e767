"""What may happen to an offer, when, and what it looks like afterwards; and when a decision may change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from bot.offers.models import Choice, Counter, Decision, Offer, OfferAct, OfferState, Terms
from bot.platform.clock import JAKARTA
from bot.platform.errors import DomainError, TooLate

HOUR = 3_600
DAY = 24 * HOUR
# A creator who gets their old terms back has at least this long to think about them.
TIME_AFTER_REFUSAL = DAY
# Staff who leave a counter-offer lying are reminded after so many seconds.
STAFF_REMINDED_AFTER = DAY
# More haggling than this is for a conversation, not for buttons.
MOST_COUNTERS = 5
UNDER_WAY = frozenset({OfferState.DRAFT, OfferState.SENT, OfferState.COUNTERED, OfferState.ACCEPTED})

_ACTS: dict[OfferState, dict[OfferAct, OfferState]] = {
    OfferState.DRAFT: {
        OfferAct.CHANGE: OfferState.DRAFT,
        OfferAct.SEND: OfferState.SENT,
        OfferAct.DISCARD: OfferState.DISCARDED,
    },
    OfferState.SENT: {
        OfferAct.ACCEPT: OfferState.ACCEPTED,
        OfferAct.DECLINE: OfferState.DECLINED,
        OfferAct.COUNTER: OfferState.COUNTERED,
        OfferAct.WITHDRAW: OfferState.WITHDRAWN,
        OfferAct.EXPIRE: OfferState.EXPIRED,
    },
    # The team's turn, so nothing expires here.
    OfferState.COUNTERED: {
        OfferAct.COUNTER: OfferState.COUNTERED,
        OfferAct.DECLINE: OfferState.DECLINED,
        OfferAct.TAKE_COUNTER: OfferState.ACCEPTED,
        OfferAct.REFUSE_COUNTER: OfferState.SENT,
        OfferAct.WITHDRAW: OfferState.WITHDRAWN,
    },
    OfferState.ACCEPTED: {OfferAct.WITHDRAW: OfferState.WITHDRAWN},
}
_CREATORS_ACTS = frozenset({OfferAct.ACCEPT, OfferAct.DECLINE, OfferAct.COUNTER})


def after(state: OfferState, act: OfferAct) -> OfferState | None:
    """The state an act leads to, None where it is not possible."""
    return _ACTS.get(state, {}).get(act)


def is_final(state: OfferState) -> bool:
    """Whether nothing can happen to it any more."""
    return state not in _ACTS


def is_open_for_answers(offer: Offer, now: int) -> bool:
    """Whether its creator can still answer: sent, and not too late."""
    return offer.state is OfferState.SENT and now < offer.terms.reply_by


def end_of(day: date) -> int:
    """The last minute of a day in WIB, as an instant (seconds UTC)."""
    return int(datetime.combine(day, time(23, 59), JAKARTA).timestamp())


def reminder_at(sent_at: int, reply_by: int) -> int | None:
    """When a creator who has not answered is reminded: a day before the deadline, or halfway where there is less than
    a day and a half; None below six hours.
    """
    window = reply_by - sent_at
    if window < 6 * HOUR:
        return None
    return reply_by - DAY if window >= DAY * 3 // 2 else sent_at + window // 2


def check(offer: Offer, act: OfferAct, version: int, now: int) -> None:
    """Raise with what the person should know unless the act is possible on the offer as they saw it (`version`)."""
    to_creator = act in _CREATORS_ACTS
    if after(offer.state, act) is None:
        raise TooLate(_why_creator_cannot(offer) if to_creator else _why_staff_cannot(offer))
    if offer.version != version:
        again = "/tawaran saya" if to_creator else "/tawaran daftar"
        raise TooLate(f"Tawaran ini baru saja berubah, jadi belum ada yang tercatat. Buka lagi dengan {again}.")
    if to_creator and offer.state is OfferState.SENT and now >= offer.terms.reply_by:
        raise TooLate(_too_late(offer))


def changed(offer: Offer, version: int, terms: Terms, now: int) -> Offer:
    """A draft with other terms."""
    check(offer, OfferAct.CHANGE, version, now)
    return _moved(offer, OfferAct.CHANGE, terms=terms)


def sent(offer: Offer, version: int, member_id: int | None, now: int) -> Offer:
    """A draft on its way to who answers in Discord, or to nobody there."""
    check(offer, OfferAct.SEND, version, now)
    if offer.terms.reply_by <= now:
        raise DomainError("Batas jawabnya sudah lewat. Tekan Ubah dan isi batas yang baru, lalu kirim.")
    return _moved(offer, OfferAct.SEND, member_id=member_id, sent_at=now)


def discarded(offer: Offer, version: int, now: int) -> Offer:
    """A draft that nobody will get."""
    check(offer, OfferAct.DISCARD, version, now)
    return _moved(offer, OfferAct.DISCARD, ended_at=now)


def accepted(offer: Offer, version: int, now: int) -> Offer:
    """Its creator says yes to what stands."""
    check(offer, OfferAct.ACCEPT, version, now)
    return _moved(offer, OfferAct.ACCEPT, ended_at=now)


def declined(offer: Offer, version: int, reason: str, now: int) -> Offer:
    """Its creator says no; a counter-offer of theirs goes with it."""
    check(offer, OfferAct.DECLINE, version, now)
    return _moved(offer, OfferAct.DECLINE, reason=reason, counter=None, ended_at=now)


def countered(offer: Offer, version: int, counter: Counter, now: int) -> Offer:
    """Its creator asks for something else. Raises DomainError when it is the same, or the last of too many."""
    check(offer, OfferAct.COUNTER, version, now)
    if (counter.fee, counter.posts_on) == (offer.terms.fee, offer.terms.posts_on):
        raise DomainError("Usulanmu sama dengan tawarannya. Ubah fee atau tanggalnya, atau tekan Terima.")
    if offer.counters >= MOST_COUNTERS:
        raise DomainError(
            f"Sudah {MOST_COUNTERS} kali mengajukan perubahan. Terima, tolak, atau bicarakan dengan tim di channel "
            "bantuan."
        )
    return _moved(offer, OfferAct.COUNTER, counter=counter, counters=offer.counters + 1)


def counter_taken(offer: Offer, version: int, now: int, today: date) -> Offer:
    """Staff agree: what the creator asked for is what stands."""
    check(offer, OfferAct.TAKE_COUNTER, version, now)
    counter = offer.counter
    assert counter is not None, "a countered offer has its counter"
    if counter.posts_on < today:
        raise DomainError("Tanggal tayang yang diusulkan sudah lewat. Tolak usulannya, atau tarik tawarannya.")
    agreed = replace(offer.terms, fee=counter.fee, posts_on=counter.posts_on)
    return _moved(offer, OfferAct.TAKE_COUNTER, terms=agreed, counter=None, ended_at=now)


def counter_refused(offer: Offer, version: int, now: int, today: date) -> Offer:
    """Staff don't agree: the offer stands as it was, with at least a day to answer (never past the posting day)."""
    check(offer, OfferAct.REFUSE_COUNTER, version, now)
    terms = offer.terms
    reply_by = max(terms.reply_by, min(now + TIME_AFTER_REFUSAL, end_of(terms.posts_on)))
    if terms.posts_on < today or reply_by <= now:
        raise DomainError("Tanggal tayang di tawaran semula sudah lewat. Tarik tawarannya, lalu buat yang baru.")
    return _moved(offer, OfferAct.REFUSE_COUNTER, terms=replace(terms, reply_by=reply_by), counter=None)


def withdrawn(offer: Offer, version: int, reason: str, now: int) -> Offer:
    """Staff take it back, accepted or not."""
    check(offer, OfferAct.WITHDRAW, version, now)
    return _moved(offer, OfferAct.WITHDRAW, reason=reason, counter=None, ended_at=now)


def expired(offer: Offer, now: int) -> Offer | None:
    """What its deadline makes of an offer: None when it was answered, or the deadline has been moved."""
    if offer.state is not OfferState.SENT or now < offer.terms.reply_by:
        return None
    return _moved(offer, OfferAct.EXPIRE, ended_at=now)


def check_decision(before: Decision | None, seen: int, choice: Choice, offers: Sequence[Offer]) -> None:
    """Raise unless a decision may be made by somebody who saw decision `seen` (0: none) last.

    A creator with an offer under way stays chosen until it is withdrawn.
    """
    if (before.id if before else 0) != seen:
        by = f" oleh <@{before.decided_by}>" if before and before.decided_by else ""
        now = before.choice.indonesian.lower() if before else Choice.OPEN.indonesian.lower()
        raise TooLate(f"Kreator ini baru saja ditandai {now}{by}. Buka lagi keputusannya sebelum mengubah.")
    under_way = next((offer for offer in offers if offer.state in UNDER_WAY), None)
    if under_way is not None and choice is not Choice.CHOSEN:
        todo = "Buang drafnya" if under_way.state is OfferState.DRAFT else "Tarik tawarannya"
        raise DomainError(
            f"Kreator ini punya tawaran ({under_way.state.indonesian.lower()}). {todo} dulu, baru ubah keputusannya."
        )


def check_offering(decision: Decision | None, under_way: Offer | None) -> None:
    """Raise unless a new offer may be written: the brand chose the creator, and no other offer is under way."""
    if decision is None or decision.choice is not Choice.CHOSEN:
        raise DomainError("Tawaran hanya untuk kreator yang terpilih. Tandai terpilih dulu di keputusan brand.")
    if under_way is not None:
        raise TooLate(
            f"Sudah ada tawaran untuk kreator ini ({under_way.state.indonesian.lower()}). Buka dengan /tawaran daftar."
        )


def _moved(offer: Offer, act: OfferAct, **changes: Any) -> Offer:
    following = after(offer.state, act)
    assert following is not None, "checked"
    return replace(offer, state=following, version=offer.version + 1, **changes)


def _why_creator_cannot(offer: Offer) -> str:
    if offer.state is OfferState.COUNTERED:
        return "Usulanmu sedang dilihat tim. Tunggu jawabannya di sini, atau ubah usulanmu."
    if offer.state is OfferState.ACCEPTED:
        return f"Tawaran ini sudah kamu terima <t:{offer.ended_at}:f>. Berikutnya, tim mengirim SPK."
    if offer.state is OfferState.DECLINED:
        return f"Tawaran ini sudah kamu tolak <t:{offer.ended_at}:f>. Berubah pikiran? Tulis di channel bantuan."
    if offer.state is OfferState.WITHDRAWN:
        return f"Tawaran ini ditarik tim <t:{offer.ended_at}:f>. Ada pertanyaan? Tulis di channel bantuan."
    return _too_late(offer)


def _too_late(offer: Offer) -> str:
    return (
        f"Batas jawab tawaran ini sudah lewat (<t:{offer.terms.reply_by}:f>). Masih berminat? Tulis di channel bantuan."
    )


def _why_staff_cannot(offer: Offer) -> str:
    since = f" sejak <t:{offer.ended_at}:f>" if offer.ended_at else ""
    state = offer.state.indonesian
    return f"Status tawaran ini: {state[0].lower()}{state[1:]}{since}. Buka lagi dengan /tawaran daftar."
