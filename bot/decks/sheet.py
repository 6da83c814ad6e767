"""The same as a workbook: figures as numbers, to sort and to reckon with."""

from decimal import Decimal

from bot.creators.models import Average
from bot.decks.models import BriefPage, CreatorPage, DeckFacts, Rates
from bot.platform.indonesian import format_date
from bot.platform.spreadsheet_files import Percent, Sheet, Writable, write_xlsx


def write_sheet(facts: DeckFacts) -> bytes:
    """A workbook with the creators, their scores, what was asked for, and the budget where the deck has it."""
    sheets = [_creators(facts), _scores(facts), _asked(facts)]
    if facts.rates is Rates.BUDGET:
        sheets.append(_budget(facts))
    return write_xlsx(sheets)


def _titles(facts: DeckFacts) -> list[str]:
    whose = f"{facts.title} · {facts.brand}" if facts.brand else facts.title
    return [whose, f"Rekomendasi kreator, {format_date(facts.made_on, weekday=False)}"]


def _creators(facts: DeckFacts) -> Sheet:
    header = [
        "No",
        "Username",
        "Platform",
        "Profil",
        "Niche 1",
        "Niche 2",
        "Tier",
        "Wilayah",
        "Kualitas konten",
        "Affiliate",
        "Followers",
        "Rata-rata views",
        "Rata-rata like",
        "Rata-rata komentar",
        "Rata-rata share",
        "ER",
        "Skor",
        "Alasan",
        "Catatan angka",
    ]
    if facts.shows_rates:
        header.append("Tarif (Rp)")
    return Sheet("Kreator", _titles(facts), header, [_row(one, facts.shows_rates) for one in facts.creators])


def _row(one: CreatorPage, rates: bool) -> list[Writable]:
    first, second = (*one.niches, None, None)[:2]
    cells: list[Writable] = [
        one.rank,
        one.username,
        one.platform,
        one.link,
        first,
        second,
        one.tier,
        one.region,
        one.content_type,
        {True: "Ya", False: "Tidak", None: None}[one.affiliate],
        one.followers,
        _number(one.views),
        _number(one.likes),
        _number(one.comments),
        _number(one.shares),
        None if one.er is None else Percent(one.er),
        one.score,
        " ".join(one.reasons),
        "Sedang diverifikasi" if one.doubtful else None,
    ]
    return [*cells, one.rate] if rates else cells


def _scores(facts: DeckFacts) -> Sheet:
    header = ["No", "Username", *(f"{one.name} (dari {one.weight})" for one in facts.criteria), "Skor"]
    rows: list[list[Writable]] = []
    for one in facts.creators:
        gained = {item.name: item.gained for item in one.points}
        rows.append([one.rank, one.username, *(gained.get(item.name) for item in facts.criteria), one.score])
    return Sheet("Skor", _titles(facts), header, rows)


def _asked(facts: DeckFacts) -> Sheet:
    rows = _brief(facts.brief) if facts.brief is not None else []
    rows += [["Yang dicari", line] for line in facts.asked]
    rows += [[f"Bobot {one.name}", f"{one.weight} dari 100: {one.meaning}"] for one in facts.criteria]
    return Sheet("Brief dan kriteria", _titles(facts), ["Bagian", "Isi"], rows)


def _brief(told: BriefPage) -> list[list[Writable]]:
    parts: dict[str, Writable] = {
        "Brand": told.brand,
        "Kampanye": told.title,
        "Tujuan": told.objective,
        "Konten yang diharapkan": told.content,
        "Yang perlu ada": told.do,
        "Yang dihindari": told.dont,
        "Mulai": told.starts_on,
        "Selesai": told.ends_on,
        "Kebutuhan kreator": told.slots,
        "Anggaran (Rp)": told.budget,
    }
    return [[label, value] for label, value in parts.items() if value]


def _budget(facts: DeckFacts) -> Sheet:
    rows: list[list[Writable]] = [
        [one.rank, one.username, _number(one.views), _per_view(one), one.rate] for one in facts.creators
    ]
    known = [one.rate for one in facts.creators if one.rate is not None]
    rows.append([None, "Jumlah tarif yang diketahui", None, None, sum(known) if known else None])
    if facts.budget is not None:
        rows.append([None, "Anggaran", None, None, facts.budget])
    titles = [*_titles(facts), "Belum termasuk pajak; angka akhir mengikuti penawaran yang disepakati."]
    return Sheet("Anggaran", titles, ["No", "Username", "Rata-rata views", "Tarif per view (Rp)", "Tarif (Rp)"], rows)


def _per_view(one: CreatorPage) -> float | None:
    if one.rate is None or not one.views:
        return None
    return float(round(Decimal(one.rate) / Decimal(one.views), 2))


def _number(figure: Average | None) -> int | float | None:
    return float(figure) if isinstance(figure, Decimal) else figure
