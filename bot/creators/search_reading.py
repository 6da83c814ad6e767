"""From what staff typed into the options of /kol cari to a filter, or one sentence an option that is wrong."""

from dataclasses import dataclass
from decimal import Decimal

from bot.creators.models import AgeBand, ContentType, Gender, Niche, Platform, Tier
from bot.creators.search import ANY, CreatorFilter, Range, Review
from bot.creators.tags import read_tags
from bot.creators.usernames import linked_account
from bot.platform.errors import DomainError
from bot.platform.indonesian import Unreadable, parse_count, parse_percent, parse_province
from bot.platform.problems import Problems
from bot.platform.text import one_line, quote

TEXT_LENGTH = 60


@dataclass(frozen=True)
class SearchForm:
    """The options as typed and chosen; None where left out."""

    text: str | None = None
    platform: Platform | None = None
    niche: Niche | None = None
    tier: Tier | None = None
    content_type: ContentType | None = None
    gender: Gender | None = None
    age_band: AgeBand | None = None
    affiliate: bool | None = None
    min_followers: str | None = None
    max_followers: str | None = None
    min_engagement: str | None = None
    max_engagement: str | None = None
    min_views: str | None = None
    max_views: str | None = None
    min_likes: str | None = None
    min_comments: str | None = None
    min_shares: str | None = None
    region: str | None = None
    city: str | None = None
    registered: bool | None = None
    reachable: bool | None = None
    review: Review | None = None
    stale: bool | None = None
    tags: str | None = None
    blacklisted: bool | None = None


def read_search(form: SearchForm) -> CreatorFilter:
    """The filter. Raises FormRefused with everything that can't be read."""
    problems = Problems()
    followers = problems.read(lambda: read_counts("Followers", form.min_followers, form.max_followers), ANY)
    engagement = problems.read(lambda: read_engagement(form.min_engagement, form.max_engagement), ANY)
    views = problems.read(lambda: read_counts("Rata-rata views", form.min_views, form.max_views), ANY)
    likes = problems.read(lambda: read_counts("Rata-rata like", form.min_likes, None), ANY)
    comments = problems.read(lambda: read_counts("Rata-rata komentar", form.min_comments, None), ANY)
    shares = problems.read(lambda: read_counts("Rata-rata share", form.min_shares, None), ANY)
    region = problems.read(lambda: parse_province(form.region), None)
    linked = problems.read(lambda: linked_account(form.text or ""), None)
    tags = problems.read(lambda: read_tags(form.tags or ""), ())
    problems.settle()
    platform = form.platform or (linked and linked.platform)
    return CreatorFilter(
        text=linked.username if linked else read_text(form.text),
        platforms=(platform,) if platform else (),
        niches=(form.niche,) if form.niche else (),
        tiers=(form.tier,) if form.tier else (),
        content_types=(form.content_type,) if form.content_type else (),
        genders=(form.gender,) if form.gender else (),
        age_bands=(form.age_band,) if form.age_band else (),
        affiliate=form.affiliate,
        followers=followers,
        engagement=engagement,
        views=views,
        likes=likes,
        comments=comments,
        shares=shares,
        regions=(region,) if region else (),
        city=one_line(form.city or "")[:TEXT_LENGTH],
        registered=form.registered,
        reachable=form.reachable,
        review=form.review,
        tags=tags,
        blacklisted=form.blacklisted,
        stale=form.stale,
    )


def read_text(text: str | None) -> str:
    """A username or a part of one as it is kept: lower case, without @ and what can't be seen.

    Of a profile link the username in it.
    """
    try:
        linked = linked_account(text or "")
    except Unreadable:
        linked = None
    if linked:
        return linked.username
    return one_line(text or "").lower().removeprefix("@").strip()[:TEXT_LENGTH]


def read_counts(name: str, low: str | None, high: str | None) -> Range:
    """From `10rb` to `1,2jt`. Raises DomainError (FormRefused) with an example of what to type."""
    problems = Problems()
    bounds = Range(
        problems.read(lambda: _count(name, low), None),
        problems.read(lambda: _count(name, high), None),
    )
    problems.settle()
    if bounds.low is not None and bounds.high is not None and bounds.low > bounds.high:
        raise DomainError(f"{name} minimal lebih besar dari maksimal. Tukar atau kosongkan salah satunya.")
    return bounds


def read_engagement(low: str | None, high: str | None) -> Range:
    """From `1%` to `30%`, in parts per million; a number without the sign is in percent too."""
    problems = Problems()
    bounds = Range(problems.read(lambda: _ppm(low), None), problems.read(lambda: _ppm(high), None))
    problems.settle()
    if bounds.low is not None and bounds.high is not None and bounds.low > bounds.high:
        raise DomainError("ER minimal lebih besar dari maksimal. Tukar atau kosongkan salah satunya.")
    return bounds


def _count(name: str, text: str | None) -> int | None:
    try:
        count = parse_count(text, whole=True)
    except Unreadable as error:
        raise DomainError(f"{name}: {error.message}") from None
    if count is not None and count < 0:
        raise DomainError(f"{name} {quote(text)} tidak bisa negatif. Tulis misalnya 10rb atau 1,2jt.")
    return count


def _ppm(text: str | None) -> int | None:
    # "1" and "0,5" mean percent here: the option asks for an ER, and nobody types a ratio.
    typed = (text or "").strip()
    if typed.startswith(("-", "−", "–")) and any(character.isdigit() for character in typed):
        raise DomainError(f"ER {quote(typed)} tidak bisa negatif. Tulis misalnya 1% atau 3,5%.")
    try:
        ratio = parse_percent(f"{typed}%" if typed[-1:].isdigit() else typed)
    except Unreadable as error:
        raise DomainError(f"ER: {error.message}") from None
    return None if ratio is None else int(ratio * Decimal(1_000_000))
