"""Accounts and candidates for the rules of shortlists."""

from __future__ import annotations

from typing import Any

from bot.campaigns.track_record import UNKNOWN, TrackRecord
from bot.creators.models import ContentType, CreatorRecord, Metrics, Niche, Platform
from bot.creators.rules import engagement_rate
from bot.creators.service import Creator
from bot.shortlists.models import Candidate


def candidate(
    record: CreatorRecord,
    number: int = 1,
    rate: int | None = None,
    region: str | None = None,
    track: TrackRecord = UNKNOWN,
    barred: str | None = None,
) -> Candidate:
    """An account of the database as it is judged."""
    engagement = engagement_rate(record.metrics)
    ppm = None if engagement is None else int(engagement * 1_000_000)
    creator = Creator(number, record, None, None, region, ppm, "import", 0, 0)
    return Candidate(creator, rate=rate, track=track, barred=barred)


def account(**values: Any) -> CreatorRecord:
    """A sound TikTok account about beauty, but for what is given."""
    known = {
        "niche_1": Niche.BEAUTY,
        "content_type": ContentType.GOOD,
        "affiliate": True,
        "metrics": Metrics(12_000, 6_000, 300, 30, 10),
    }
    return CreatorRecord(Platform.TIKTOK, "kreator", **(known | values))
