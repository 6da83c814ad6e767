"""The help desk's picture and workbook read back: nothing hangs over or is lost, and what is unknown is said so."""

import random
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from PIL import Image

from bot.platform.clock import JAKARTA
from bot.tickets.desk_settings import load
from bot.tickets.models import Priority, Stage, TicketState
from bot.tickets.rules import CAUSES
from bot.tickets.statistics import METHOD, UNKNOWN, Measured, Offers, Statistics, compute
from bot.tickets.statistics_card import StatisticsCard, alt_text, card_of, hours_text, layout, render
from bot.tickets.statistics_sheet import export
from tests.documents.card_samples import HOSTILE
from tests.documents.placing import is_well_placed

HOURS = load().working_time
WORKING = "jam kerja 09.00–18.00 WIB"


def measured(number: int, chance: random.Random, days: int) -> Measured:
    opened = int(datetime(2026, 1, 5, tzinfo=JAKARTA).timestamp()) + chance.randrange(days * 86_400)
    answered, resolved = chance.random() < 0.9, chance.random() < 0.8
    return Measured(
        number,
        chance.choice(list(Stage)),
        Priority.MEDIUM,
        TicketState.CLOSED if resolved else TicketState.IN_PROGRESS,
        opened,
        opened + chance.randrange(90_000) if answered else None,
        opened + 200_000 if resolved else None,
        chance.randrange(2_000_000),
        chance.random() < 0.1,
        chance.random() < 0.2,
        chance.choice(CAUSES)[0] if resolved else None,
        chance.choice((None, 3, 5)) if resolved else None,
    )


def found(number: int, days: int = 56, offers: Offers = Offers()) -> Statistics:  # noqa: B008
    chance = random.Random(number)
    last = date.fromordinal(date(2026, 1, 5).toordinal() + days - 1)
    return compute(date(2026, 1, 5), last, [measured(one, chance, days) for one in range(1, number + 1)], offers, HOURS)


def strange(text: str) -> StatisticsCard:
    """A card on which every text is the same."""
    return StatisticsCard(
        text,
        text,
        ((text, text, text),) * 7,
        ((text, (3, 0, 1, 2, 99_999)),) * 12,
        ((text, (text,) * 5),) * 5,
        ((text, 1_234_567),) * 5,
    )


FOUND = {
    "zero": found(0),
    "one": found(1, offers=Offers(1, 0, 1)),
    "many": found(1_500, offers=Offers(900, 412, 300)),
    "a year": found(40_000, 366, Offers(90_000, 41_200, 30_000)),
    "a day": found(3, 1),
}
CARDS = {name: card_of(one, WORKING) for name, one in FOUND.items()} | {
    f"hostile {name}": strange(text) for name, text in HOSTILE.items()
}


@pytest.mark.parametrize("name", CARDS)
def test_text_stays_in_its_room_and_nothing_lies_on_another(name: str) -> None:
    is_well_placed(layout(CARDS[name]))


@pytest.mark.parametrize("name", FOUND)
def test_no_figure_is_cut_off(name: str) -> None:
    assert [one.text for one in layout(CARDS[name]).placed if one.cut] == []


@pytest.mark.parametrize("name", CARDS)
def test_it_opens_and_is_told_in_words(name: str) -> None:
    picture = render(CARDS[name])
    with Image.open(BytesIO(picture)) as opened:
        assert opened.format == "PNG" and opened.width == 1200
    assert len(picture) < 1_500_000
    assert len(alt_text(CARDS[name])) <= 1_024


def test_nothing_is_said_to_be_unknown_rather_than_nought() -> None:
    words = [one.text for one in layout(CARDS["zero"]).placed]
    assert words.count(UNKNOWN) == 7 and "Belum ada tiket di rentang ini" in words
    assert "0%" not in words and UNKNOWN in alt_text(CARDS["zero"])
    assert "412 dari 1.912 pertanyaan" in [one.text for one in layout(CARDS["many"]).placed]


def sheets(one: Statistics) -> dict[str, list[tuple[Any, ...]]]:
    """The workbook's rows, read back."""
    workbook = openpyxl.load_workbook(BytesIO(export(one, HOURS)))
    return {sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in workbook.worksheets}


def test_the_workbook_holds_every_ticket_and_how_each_figure_is_reckoned() -> None:
    read = sheets(FOUND["many"])
    assert list(read) == ["Ringkasan", "Per tahap", "Per minggu", "Penyebab", "Tiket", "Cara hitung"]
    assert len(read["Tiket"]) == 2 + 1_500
    assert [row[:2] for row in read["Cara hitung"][2:]] == [tuple(row) for row in METHOD]
    opened = {row[0]: row[1] for row in read["Per tahap"][2:]}
    assert opened.pop("Semua") == 1_500 == sum(opened.values())
    assert sum(row[-1] for row in read["Per minggu"][2:]) == 1_500


def test_the_figures_of_the_workbook_follow_from_its_own_rows() -> None:
    read = sheets(FOUND["many"])
    summary = {row[0]: row[1] for row in read["Ringkasan"][2:]}
    header, *rows = read["Tiket"][1:]
    response = sorted(row[header.index("Balasan pertama (jam kerja)")] for row in rows if row[5] != UNKNOWN)
    middle = len(response) // 2
    median = response[middle] if len(response) % 2 else (response[middle - 1] + response[middle]) / 2
    assert summary["Balasan pertama, median (jam kerja)"] == pytest.approx(median, abs=0.011)
    stars = [row[header.index("Nilai")] for row in rows if row[header.index("Nilai")] != UNKNOWN]
    assert summary["Nilai rata-rata (1 sampai 5)"] == pytest.approx(sum(stars) / len(stars), abs=0.006)
    late = [row for row in rows if row[header.index("Balasan lewat target")] == "ya"]
    on_time = [row for row in rows if row[5] != UNKNOWN and row[header.index("Balasan lewat target")] == "tidak"]
    assert summary["SLA balasan pertama"] == pytest.approx(len(on_time) / (len(on_time) + len(late)))
    assert summary["Terjawab tanpa tiket"] == pytest.approx(412 / 1_912)


def test_an_empty_workbook_says_so() -> None:
    summary = {row[0]: row[1] for row in sheets(FOUND["zero"])["Ringkasan"][2:]}
    for name in ("Balasan pertama, median (jam kerja)", "Penyelesaian, p90 (jam kerja)", "SLA penyelesaian"):
        assert summary[name] == UNKNOWN
    assert summary["Tiket masuk"] == 0 and summary["Terjawab tanpa tiket"] == UNKNOWN


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0 mnt"), (90, "2 mnt"), (3_599, "60 mnt"), (3_600, "1 jam"), (8_640, "2,4 jam")]
)
def test_working_time_is_told_for_glancing_at(seconds: int, told: str) -> None:
    assert hours_text(Decimal(seconds)) == told
