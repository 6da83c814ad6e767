"""From what staff typed into the options of /shortlist cari to criteria, or one sentence an option that is wrong."""

from dataclasses import dataclass

from bot.creators.models import AgeBand, ContentType, Niche, Platform, Tier
from bot.creators.search import ANY
from bot.creators.search_reading import read_counts, read_engagement
from bot.platform.indonesian import parse_province, parse_rupiah
from bot.platform.problems import Problems
from bot.platform.text import one_line
from bot.shortlists.models import Criteria
from bot.shortlists.rules import criteria_lines

TITLE_LENGTH = 100


@dataclass(frozen=True)
class CriteriaForm:
    """The options as typed and chosen; None where left out."""

    title: str | None = None
    niche: Niche | None = None
    other_niche: Niche | None = None
    platform: Platform | None = None
    min_followers: str | None = None
    max_followers: str | None = None
    min_engagement: str | None = None
    tier: Tier | None = None
    content_type: ContentType | None = None
    region: str | None = None
    max_rate: str | None = None
    preferred_region: str | None = None
    age_band: AgeBand | None = None


def read_criteria(form: CriteriaForm) -> tuple[str, Criteria]:
    """The title (from the criteria where none was given) and the criteria. Raises FormRefused."""
    problems = Problems()
    followers = problems.read(lambda: read_counts("Followers", form.min_followers, form.max_followers), ANY)
    engagement = problems.read(lambda: read_engagement(form.min_engagement, None), ANY)
    region = problems.read(lambda: parse_province(form.region), None)
    rate = problems.read(lambda: parse_rupiah(form.max_rate), None)
    preferred = problems.read(lambda: parse_province(form.preferred_region), None)
    problems.settle()
    criteria = Criteria(
        platforms=(form.platform,) if form.platform else (),
        niches=tuple(dict.fromkeys(niche for niche in (form.niche, form.other_niche) if niche)),
        tiers=(form.tier,) if form.tier else (),
        content_types=(form.content_type,) if form.content_type else (),
        regions=(region,) if region else (),
        followers=followers,
        min_engagement_ppm=engagement.low or None,
        max_rate=rate,
        preferred_regions=(preferred,) if preferred else (),
        age_bands=(form.age_band,) if form.age_band else (),
    )
    title = one_line(form.title or "") or ", ".join(criteria_lines(criteria))
    return title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 1] + "…", criteria
