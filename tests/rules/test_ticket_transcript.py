"""Transcripts: everything that was said is readable, nothing internal reaches the creator, nothing in it can act."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bot.platform.text import tidy
from bot.tickets.models import (
    Author,
    Entry,
    EntryKind,
    Priority,
    QuestionAnswer,
    Stage,
    Ticket,
    TicketState,
)
from bot.tickets.transcript import for_creator, render

OPENED_AT = 1_795_000_000
CREATOR = 5


class Page(HTMLParser):
    """What a browser makes of a page: its tags and its visible words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self._hidden = False
        self.feed(html)

    @property
    def text(self) -> str:
        return "\n".join(self.words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self._hidden = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def ticket(**changed: object) -> Ticket:
    facts: dict[str, object] = {
        **dict.fromkeys(Ticket.__slots__),
        "id": 12,
        "creator_id": CREATOR,
        "creator_name": "Siti",
        "stage": Stage.WITHDRAWAL,
        "priority": Priority.HIGH,
        "state": TicketState.CLOSED,
        "summary": "Penarikan belum masuk",
        "answers": (QuestionAnswer("Jenis HP", "Samsung A15"),),
        "conclusion": "Sudah dikirim ulang.",
        "cause": "antrean bank",
        "opened_at": OPENED_AT,
        "closed_at": OPENED_AT + 86_400,
    }
    return Ticket(**(facts | changed))  # pyright: ignore[reportArgumentType]


def entry(number: int, text: str = "", **changed: object) -> Entry:
    facts: dict[str, object] = {
        **dict.fromkeys(Entry.__slots__),
        "id": number,
        "ticket_id": 12,
        "at": OPENED_AT + number * 60,
        "kind": EntryKind.MESSAGE,
        "author": Author.CREATOR,
        "author_name": "",
        "text": text,
        "internal": False,
    }
    return Entry(**(facts | changed))  # pyright: ignore[reportArgumentType]


def shown(entries: list[Entry], *, staff: bool, **changed: object) -> Page:
    return Page(render(ticket(**changed), entries, {}, staff=staff, made_at=OPENED_AT))


@given(st.lists(st.text(max_size=80), max_size=6), st.text(max_size=40), st.booleans())
def test_whatever_people_write_is_text_and_never_markup(said: list[str], name: str, staff: bool) -> None:
    wild = [entry(number, text, author_name=name) for number, text in enumerate(said)]
    plain = shown([entry(number, "x", author_name="y") for number in range(len(said))], staff=staff)

    page = shown(wild, staff=staff, creator_name=name, summary=name, conclusion=name)

    assert page.tags <= plain.tags | {"ol", "li", "article", "header", "b", "span", "p", "time", "div"}
    assert page.attributes <= plain.attributes | {"style", "class"}


@given(st.lists(st.text(st.characters(exclude_characters="<>"), max_size=80), min_size=1, max_size=6))
def test_everything_that_was_said_can_be_read(said: list[str]) -> None:
    page = shown([entry(number, text) for number, text in enumerate(said)], staff=False)

    assert all(tidy(text) in page.text for text in said)


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(EntryKind), st.sampled_from(Author)), max_size=12))
def test_the_creators_copy_never_holds_a_note(drawn: list[tuple[bool, EntryKind, Author]]) -> None:
    entries = [
        entry(number, f"isi{number}-", internal=internal, kind=kind, author=author)
        for number, (internal, kind, author) in enumerate(drawn)
    ]
    # Without a form, or "opened" would leave its text out.
    theirs, ours = (shown(entries, staff=staff, answers=()).text for staff in (False, True))

    for one in entries:
        secret = one.internal or one.kind is EntryKind.NOTE
        assert (one.text in theirs) is not secret
        assert one.text in ours
    assert not any(one.internal for one in for_creator(entries))
    assert "antrean bank" not in theirs and "antrean bank" in ours


def test_discords_own_codes_become_words() -> None:
    said = f"Halo <@{CREATOR}> dan <@99>, cek <#7> jam <t:{OPENED_AT}:R> <:senyum:123> <@&4>"

    page = shown([entry(1, said)], staff=False)

    assert "Halo @Siti dan @anggota, cek #channel jam 18 November 2026 18.06 WIB :senyum: @tim" in page.text


def test_a_ticket_without_any_entry_says_so() -> None:
    assert "Belum ada percakapan" in shown([], staff=False, answers=()).text


def test_files_are_named_under_what_they_came_with() -> None:
    html = render(ticket(), [entry(1, "ini")], {1: ["bukti <1>.png", "b.pdf"]}, staff=False, made_at=OPENED_AT)

    assert "Lampiran: bukti <1>.png, b.pdf" in Page(html).text


def test_the_form_is_shown_once() -> None:
    opened = entry(1, "Jenis HP: Samsung A15", kind=EntryKind.OPENED)

    assert shown([opened], staff=False).text.count("Samsung A15") == 1


def test_a_reopened_ticket_shows_its_conclusion_as_an_earlier_one_and_no_cause() -> None:
    done = shown([], staff=True, cause="outage").text
    assert "Gangguan sistem" in done and "outage" not in done and "sebelum tiket dibuka lagi" not in done

    again = shown([], staff=True, cause="outage", state=TicketState.REOPENED).text
    assert "Kesimpulan sebelum tiket dibuka lagi" in again and "Gangguan sistem" not in again
