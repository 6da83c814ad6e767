"""Tags, blacklist and age of figures on a real file: who is found, and when."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.creators import search_store
from bot.creators.models import CreatorRecord, Platform
from bot.creators.search import CreatorFilter, Sort
from bot.platform.audit import SYSTEM
from bot.services import Services

DAY = 86_400


async def keep(services: Services, username: str, *, member_id: int | None = None) -> int:
    async with services.database.unit() as tx:
        record = CreatorRecord(Platform.TIKTOK, username)
        return await services.creators.save(tx, record, source="import", member_id=member_id)


async def names(services: Services, **wanted: object) -> set[str]:
    page = await services.search.page(CreatorFilter(**wanted), Sort.USERNAME, 1, size=100)  # type: ignore[arg-type]
    assert page.total == len(page.found)
    return {one.creator.record.username for one in page.found}


async def test_other_areas_ask_for_the_reason_at_an_instant(services: Services) -> None:
    one, other, third = [await keep(services, name, member_id=7) for name in ("satu", "dua")] + [
        await keep(services, "tiga")
    ]
    now = services.clock.timestamp()
    await services.creator_care.blacklist(SYSTEM, one, "Telat terus", "10 hari")

    care, reads = services.creator_care, services.database.read
    assert await care.blacklisted(reads, [one, other, third], now) == {one: "Telat terus", other: "Telat terus"}
    assert await care.blacklisted(reads, [one, other, third], now + 12 * DAY) == {}
    assert await care.blacklisted(reads, [], now) == {}


async def test_notes_and_tags_come_by_account(services: Services) -> None:
    one, other = await keep(services, "satu"), await keep(services, "dua")
    for text in ("pertama", "kedua"):
        await services.creator_care.add_note(SYSTEM, one, text)
    assert await services.creator_care.tag_many(SYSTEM, [one, other], "hijab") == 2
    assert await services.creator_care.tag_many(SYSTEM, [one, other], "hijab") == 0

    reads = services.database.read
    assert await services.creator_care.notes_of(reads, [one, other]) == {one: ["kedua", "pertama"]}
    assert await services.creator_care.tags_of(reads, [one, other]) == {one: ["hijab"], other: ["hijab"]}


async def test_the_blacklist_splits_every_search_in_two(services: Services) -> None:
    for index, name in enumerate(("satu", "dua", "tiga", "empat")):
        creator_id = await keep(services, name)
        if index % 2:
            await services.creator_care.blacklist(SYSTEM, creator_id, "x", "")

    assert await names(services, blacklisted=True) == {"dua", "empat"}
    assert await names(services, blacklisted=False) == {"satu", "tiga"}
    assert await names(services, blacklisted=False, text="a") == {"satu", "tiga"}
    assert await names(services, blacklisted=True, text="emp") == {"empat"}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sets(st.sampled_from("abc")), min_size=1, max_size=5), st.sets(st.sampled_from("abc"), min_size=1))
async def test_any_of_the_tags_is_enough(services: Services, tags: list[set[str]], wanted: set[str]) -> None:
    ids = [await keep(services, f"akun_{index}") for index in range(5)]
    for index, creator_id in enumerate(ids):
        own = tags[index] if index < len(tags) else set[str]()
        await services.creator_care.set_tags(SYSTEM, creator_id, ",".join(own))

    expected = {f"akun_{index}" for index, own in enumerate(tags) if own & wanted}
    assert await names(services, tags=tuple(sorted(wanted))) == expected


async def test_tags_and_blacklist_lead_the_search_not_a_scan(services: Services) -> None:
    for wanted in (CreatorFilter(tags=("hijab",)), CreatorFilter(blacklisted=True)):
        (part,) = search_store.conditions(wanted)
        plan = await services.database.read.fetch_all(
            f"EXPLAIN QUERY PLAN SELECT count(*) FROM creator WHERE merged_into IS NULL AND {part.sql}",
            {**part.values, "at": 0},
        )
        assert plan[0]["detail"] == "SEARCH creator USING INTEGER PRIMARY KEY (rowid=?)"
