"""The draw: the same data gives the same winners, nobody is favoured, and what was changed is found out."""

import copy
import gzip
import hashlib
import hmac
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.giveaways import verify_draw
from bot.giveaways.rules import CODE_BYTES
from bot.giveaways.verify_draw import (
    FIRST_FORMAT,
    FORMAT,
    RULES,
    Missing,
    Tampered,
    below,
    commitment_of,
    entry_hash,
    first_commitment_of,
    list_hash,
    picks,
    read_draw,
    verify,
)

SCRIPT = Path(verify_draw.__file__)
seeds = st.binary(min_size=32, max_size=32)


def entries(number: int) -> list[str]:
    return sorted(entry_hash(7, 10**17 + index, f"kode{index}") for index in range(number))


def published(
    number: int = 20, winners: int = 3, redrawn: int = 0, seed: bytes = b"s" * 32, name: str = FORMAT
) -> dict[str, Any]:
    """A draw file as the bot makes it, or made it when draws were of the first format."""
    listed = entries(number)
    chosen = picks(seed, list_hash(listed), number, winners + redrawn)
    return {
        "format": name,
        "giveaway": 7,
        "title": "Akhir Pekan",
        "winners": winners,
        "rule": RULES[name],
        "commitment": commitment_of(seed, 7, winners) if name == FORMAT else first_commitment_of(seed),
        "seed": seed.hex(),
        "entry_count": number,
        "entries_sha256": list_hash(listed),
        "picks": [
            {"round": 1, "entry": listed[position], "reason": None}
            if index < winners
            else {"round": index - winners + 2, "entry": listed[position], "reason": "tidak diklaim"}
            for index, position in enumerate(chosen)
        ],
        "entries": listed,
    }


def by_the_words_of_the_rule(seed: bytes, listed: list[str], wanted: int) -> list[str]:
    """The rule read from its text and written anew, plainly: a list from which winners are taken out."""
    text = "".join(one + "\n" for one in sorted(listed))
    digest = hashlib.sha256(text.encode("ascii")).hexdigest()
    left, won, counter = sorted(listed), [], 0
    while left and len(won) < wanted:
        m = len(left)
        x = int(hmac.new(seed, f"{digest}|{counter}".encode("ascii"), "sha256").hexdigest(), 16)
        counter += 1
        if x < 2**256 - 2**256 % m:
            won.append(left.pop(x % m))
    return won


@given(seeds, st.integers(0, 60), st.integers(0, 70))
def test_the_draw_is_what_the_rule_says_read_by_somebody_else(seed: bytes, number: int, wanted: int) -> None:
    listed = entries(number)

    drawn = [listed[position] for position in picks(seed, list_hash(listed), number, wanted)]

    assert drawn == by_the_words_of_the_rule(seed, listed, wanted)
    assert len(set(drawn)) == len(drawn) == min(number, wanted)
    assert set(drawn) <= set(listed)


@given(seeds, st.integers(1, 200), st.integers(1, 30), st.integers(0, 30))
def test_a_redraw_goes_on_where_the_draw_ended(seed: bytes, number: int, winners: int, more: int) -> None:
    digest = list_hash(entries(number))

    assert picks(seed, digest, number, winners + more)[:winners] == picks(seed, digest, number, winners)


@given(st.lists(st.integers(0, 15), min_size=64, max_size=64), st.integers(1, 16))
def test_numbers_that_would_favour_somebody_are_thrown_away(values: list[int], limit: int) -> None:
    fair = 16 // limit * limit
    source = iter([*values, 0])

    found = below(limit, source, bits=4)

    assert found == next(value for value in [*values, 0] if value < fair) % limit


def test_every_entry_wins_equally_often_at_every_place() -> None:
    people, winners, draws = 10, 3, 20_000
    listed = entries(people)
    digest = list_hash(listed)
    source = random.Random(20261124)
    won = [[0] * people for _ in range(winners)]
    for _ in range(draws):
        for place, position in enumerate(picks(source.randbytes(32), digest, people, winners)):
            won[place][position] += 1

    # Nine degrees of freedom: above 33.7 once in ten thousand fair tries; three places are looked at.
    for counts in won:
        assert sum((count - draws / people) ** 2 / (draws / people) for count in counts) < 33.7


def test_with_few_bits_the_thrown_away_numbers_keep_the_draw_fair() -> None:
    source = random.Random(4)
    draws, people = 60_000, 6
    counts = [0] * people
    for _ in range(draws):
        counts[below(people, iter(lambda: source.randrange(16), None), bits=4)] += 1
    # Taken modulo 6 alone, 16 numbers would favour the first four by half: a chi-square in the thousands.
    assert sum((count - draws / people) ** 2 / (draws / people) for count in counts) < 25.7


@pytest.mark.parametrize("name", [FORMAT, FIRST_FORMAT])
@given(data=st.data())
def test_whatever_is_changed_in_a_draw_file_is_found_out(name: str, data: st.DataObject) -> None:
    draw = published(redrawn=1, name=name)
    changed = copy.deepcopy(draw)
    what = data.draw(
        st.sampled_from(
            ["entry", "missing", "added", "swapped", "seed", "commitment", "hash", "winner", "count", "rule"]
        )
    )
    place = data.draw(st.integers(0, 19))
    stranger = entry_hash(7, 5, data.draw(st.text(max_size=5)))
    match what:
        case "entry":
            changed["entries"][place] = stranger
        case "missing":
            del changed["entries"][place]
            changed["entry_count"] -= 1
        case "added":
            changed["entries"] = sorted([*changed["entries"], stranger])
            changed["entry_count"] += 1
        case "swapped":
            other = (place + 1) % 20
            listed = changed["entries"]
            listed[place], listed[other] = listed[other], listed[place]
        case "seed":
            changed["seed"] = data.draw(seeds.filter(lambda seed: seed != b"s" * 32)).hex()
        case "commitment":
            changed["commitment"] = commitment_of(b"x" * 32, 7, 3)
        case "hash":
            changed["entries_sha256"] = stranger
        case "winner":
            won = {pick["entry"] for pick in draw["picks"]}
            changed["picks"][place % 4]["entry"] = next(one for one in draw["entries"] if one not in won)
        case "count":
            changed["entry_count"] = place
        case _:
            changed["rule"] += " Kecuali panitia."
    with pytest.raises(Tampered):
        verify(changed)
    assert verify(draw) == [pick["entry"] for pick in draw["picks"]]


def test_a_list_and_seed_chosen_afterwards_are_caught_by_the_commitment_of_the_announcement() -> None:
    forged = published(seed=b"f" * 32)

    verify(forged)
    with pytest.raises(Tampered, match="diumumkan di awal"):
        verify(forged, commitment_of(b"s" * 32, 7, 3))


@given(st.integers(1, 20).filter(lambda winners: winners != 3))
def test_the_number_of_winners_is_fixed_by_the_commitment(winners: int) -> None:
    announced = commitment_of(b"s" * 32, 7, 3)

    # With its own commitment the file is sound; it is the announced one that it can't be made to fit.
    forged = published(winners=winners)
    verify(forged)
    with pytest.raises(Tampered, match="diumumkan di awal"):
        verify(forged, announced)
    with pytest.raises(Tampered, match="jumlah pemenang"):
        verify({**forged, "commitment": announced})


def test_the_rule_is_fixed_by_the_commitment(monkeypatch: pytest.MonkeyPatch) -> None:
    announced = commitment_of(b"s" * 32, 7, 3)

    monkeypatch.setattr(verify_draw, "RULE", verify_draw.RULE + " Kecuali panitia.")

    assert commitment_of(b"s" * 32, 7, 3) != announced


def test_a_draw_of_the_first_format_still_checks_and_can_not_stand_in_for_the_second() -> None:
    first = published(name=FIRST_FORMAT, redrawn=2)
    announced = hashlib.sha256(b"s" * 32).hexdigest()

    assert verify(first, announced) == [pick["entry"] for pick in first["picks"]]
    with pytest.raises(Tampered, match="diumumkan di awal"):
        verify(first, commitment_of(b"s" * 32, 7, 3))
    for mixed in ({**first, "format": FORMAT}, {**first, "format": FORMAT, "rule": RULES[FORMAT]}):
        with pytest.raises(Tampered):
            verify(mixed)


def test_the_first_rule_reads_as_it_was_published() -> None:
    digest = hashlib.sha256(RULES[FIRST_FORMAT].encode()).hexdigest()

    assert digest == "2075b7a8fd77c31e95d27a79c1246e7106c2aa914a0b2a28b7864c509a7e98da"


@given(st.permutations([0, 1, 2, 3]), st.booleans())
def test_a_list_in_files_of_its_own_is_read_in_any_order_packed_or_not(order: list[int], packed: bool) -> None:
    draw = published(50)
    listed = draw["entries"]
    parts = ["".join(f"{one}\n" for one in listed[start : start + 17]).encode() for start in range(0, 50, 17)]
    files = [json.dumps(draw | {"entries": [], "entry_files": ["a", "b", "c"]}).encode(), *parts]
    raws = [gzip.compress(files[place]) if packed else files[place] for place in order]

    assert verify(read_draw(*raws), draw["commitment"]) == [pick["entry"] for pick in draw["picks"]]
    with pytest.raises((Missing, Tampered)):
        read_draw(*raws[1:])
    with pytest.raises(Tampered):
        verify(read_draw(*files, parts[0]))


@settings(max_examples=200)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_nonsense_is_refused_and_never_crashes(raw: Any) -> None:
    for draw in (raw, {**published(), "picks": raw}, {**published(), "entries": raw}, {**published(), "winners": raw}):
        if draw == published():
            continue
        try:
            verify(draw)
        except Tampered:
            pass
        else:
            assert draw["winners"] == 3 or isinstance(draw["winners"], bool)


def test_the_script_alone_agrees_on_many_draws(tmp_path: Path) -> None:
    alone = tmp_path / "verify_draw.py"
    alone.write_bytes(SCRIPT.read_bytes())
    source = random.Random(11)
    for number in (0, 1, 2, 50):
        draw = published(number, min(3, max(number, 1)), seed=source.randbytes(32))
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps(draw))

        # -I: no site packages, no environment, not even the working folder.
        done = subprocess.run(
            [sys.executable, "-I", str(alone), str(file), "--komitmen", draw["commitment"]],
            capture_output=True,
            text=True,
        )

        assert done.returncode == 0, done.stderr
        assert "COCOK" in done.stdout
        assert all(pick["entry"] in done.stdout for pick in draw["picks"])


def test_the_script_says_what_does_not_fit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draw = published()
    draw["entries"].pop()
    file = tmp_path / "x.json"
    file.write_text(json.dumps(draw))

    assert verify_draw.main([str(file)]) == 1
    assert "TIDAK COCOK: jumlah entri" in capsys.readouterr().err
    file.write_bytes(b"\x1f\x8bnot gzip")
    assert verify_draw.main([str(file)]) == 1
    assert verify_draw.main([str(tmp_path / "none.json")]) == 2
    file.write_text(json.dumps(published() | {"entries": [], "entry_files": ["undian-7-daftar-1.txt.gz"]}))
    capsys.readouterr()
    assert verify_draw.main([str(file)]) == 2
    assert "Sertakan semuanya: undian-7-daftar-1.txt.gz" in capsys.readouterr().err


def test_a_published_entry_can_not_be_tried_out_without_the_code() -> None:
    """Ids can be guessed; the code adds 128 random bits to each."""
    mine = entry_hash(7, 123456789012345678, "a")

    assert mine != entry_hash(7, 123456789012345678, "b")
    assert CODE_BYTES * 8 == 128
