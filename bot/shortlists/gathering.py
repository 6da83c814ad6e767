"""Who is to be judged for a shortlist, with all that other areas know about them."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from bot.campaigns.models import Applicant, ApplicationState, Campaign
from bot.campaigns.service import CampaignService
from bot.campaigns.track_record import TrackRecord
from bot.creators.search_service import CreatorSearch
from bot.creators.service import Creator, CreatorService
from bot.platform.clock import Clock
from bot.platform.database import Database, Reads
from bot.shortlists.measures import related_niches
from bot.shortlists.models import Candidate, Criteria, Marks, RateSource
from bot.shortlists.scoring import DEFAULT

# Beyond this only the accounts with the highest ER are judged; the answer says of how many.
MOST_JUDGED = 2_000
MOST_NEAR_MISSES = 25
_STILL_IN = frozenset({ApplicationState.WAITING, ApplicationState.ACCEPTED, ApplicationState.RESERVED})


class CreatorCare(Protocol):
    """What is asked of the care of the database: who is on the blacklist, and what for."""

    async def blacklisted(self, reads: Reads, creator_ids: Collection[int], at: int) -> dict[int, str]:
        """The reason by creator, of those who are on it at this instant (seconds UTC)."""
        ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is known of the posts somebody made for us: how many, how many of them late, what they reached as a ratio of
    the target (None: not measured).
    """

    delivered: int
    late: int
    result: Decimal | None


# Both answer for several creators; those of whom nothing is known are missing.
Deliveries = Callable[[Reads, Collection[int]], Awaitable[Mapping[int, Delivery]]]
Remarks = Callable[[Reads, Collection[int]], Awaitable[Mapping[int, Sequence[str]]]]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everyone to be judged. `considered` of the `matching` accounts of the database are among them; `must_list` are
    those who are kept whatever their score: applicants and whom staff have marked.
    """

    candidates: list[Candidate]
    must_list: frozenset[int]
    considered: int
    matching: int


class Gathering:
    """Collects candidates; other areas add what they know."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        creators: CreatorService,
        search: CreatorSearch,
        campaigns: CampaignService,
        care: CreatorCare | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._creators = creators
        self._search = search
        self._campaigns = campaigns
        self._care = care
        self._deliveries: Deliveries | None = None
        self._remarks: dict[str, Remarks] = {}

    def attach_deliveries(self, deliveries: Deliveries) -> None:
        """From now on past performance knows about posts and their results."""
        self._deliveries = deliveries

    def attach_remarks(self, name: str, remarks: Remarks) -> None:
        """From now on the explanation of a score shows staff these sentences about the creator, under this name."""
        self._remarks[name] = remarks

    async def remarks(self, creator_id: int) -> dict[str, list[str]]:
        """What the team says about somebody, by where it comes from; only what there is."""
        found = {
            name: list((await remarks(self._database.read, [creator_id])).get(creator_id, ()))
            for name, remarks in self._remarks.items()
        }
        return {name: lines for name, lines in found.items() if lines}

    async def gather(self, criteria: Criteria, campaign: Campaign | None, marks: Marks) -> Gathered:
        """Who meets the criteria, the nearest misses, the campaign's applicants who are still in, and the marked."""
        near = related_niches(criteria.niches, DEFAULT) if criteria.near_niches else ()
        wanted = criteria.as_filter(near)
        found, matching = await self._search.candidates(wanted, limit=MOST_JUDGED)
        misses = await self._search.near_misses(wanted, limit=MOST_NEAR_MISSES)
        applied = [] if campaign is None else await self._as_they_are_now(await self._campaigns.applicants(campaign.id))
        applicants = [one for one in applied if one.application.state in _STILL_IN]
        # Every account that ever applied: no refusal comes back as a row of the database.
        taken = {one.creator.id for one in applied}
        known = {creator.id for creator in (*found, *misses)}
        marked = await self._creators.get_many([one for one in marks if one not in known and one not in taken])
        rows = [one for one in (*found, *misses, *marked.values()) if one.id not in taken and one.merged_into is None]
        candidates = [
            *await self.of_applicants(campaign, applicants, marks),
            *await self.of_rows(rows, campaign, marks),
        ]
        return Gathered(candidates, frozenset({*marks, *taken}), len(found), matching)

    async def of_applicants(
        self, campaign: Campaign | None, applicants: Sequence[Applicant], marks: Marks
    ) -> list[Candidate]:
        """Applicants as candidates. Who names no rate follows the campaign's fee."""
        fee = campaign.reward.fee if campaign and campaign.reward else None
        candidates: list[Candidate] = []
        for one in applicants:
            asked = one.application.rate
            source = RateSource.APPLICATION if asked is not None else RateSource.FEE
            rate = fee if asked is None else asked
            candidates.append(Candidate(one.creator, one.application.id, rate, source if rate is not None else None))
        return await self._completed(candidates, campaign, marks)

    async def of_rows(self, creators: Sequence[Creator], campaign: Campaign | None, marks: Marks) -> list[Candidate]:
        """Rows of the database as candidates, with the rate they asked last."""
        return await self._completed([Candidate(creator) for creator in creators], campaign, marks)

    async def _as_they_are_now(self, applied: Sequence[Applicant]) -> list[Applicant]:
        """Who applied with an account that was merged since stands there with the account it became."""
        became = await self._creators.get_many(
            {one.creator.merged_into for one in applied if one.creator.merged_into is not None}
        )
        return [replace(one, creator=became.get(one.creator.merged_into or 0, one.creator)) for one in applied]

    async def _completed(
        self, candidates: Sequence[Candidate], campaign: Campaign | None, marks: Marks
    ) -> list[Candidate]:
        ids = [one.creator.id for one in candidates]
        reads = self._database.read
        barred = await self._care.blacklisted(reads, ids, self._clock.timestamp()) if self._care else {}
        tracks = await self._campaigns.track_records(ids, without=campaign.id if campaign else None)
        deliveries: Mapping[int, Delivery] = await self._deliveries(reads, ids) if self._deliveries else {}
        completed: list[Candidate] = []
        for one in candidates:
            number = one.creator.id
            track, mark = tracks.get(number, TrackRecord()), marks.get(number)
            if number in deliveries:
                post = deliveries[number]
                track = replace(track, delivered=post.delivered, late=post.late, result=post.result)
            if one.application_id is None and track.asked is not None:
                one = replace(one, rate=track.asked, rate_source=RateSource.EARLIER)
            completed.append(
                replace(one, staff_rate=mark.rate if mark else None, barred=barred.get(number), track=track)
            )
        return completed
