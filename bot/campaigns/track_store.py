"""The SQL of track records."""

import json
from collections.abc import Collection

from bot.campaigns.track_record import TrackRecord
from bot.platform.database import Reads


async def of_creators(reads: Reads, creator_ids: Collection[int], without: int | None) -> dict[int, TrackRecord]:
    """What the applications of these accounts' people say, one campaign left out; nobody without applications."""
    rows = await reads.fetch_all(
        "WITH wanted AS (SELECT CAST(value AS INTEGER) AS id FROM json_each(:ids)), sent AS ("
        " SELECT wanted.id AS creator_id, application.id AS application_id FROM wanted"
        " JOIN application ON application.creator_id = wanted.id"
        " UNION SELECT wanted.id, application.id FROM wanted JOIN creator ON creator.id = wanted.id"
        " JOIN application ON application.member_id = creator.member_id)"
        " SELECT sent.creator_id,"
        " sum(application.state = 'accepted' AND campaign.state = 'closed') AS taken,"
        " sum(application.state = 'withdrawn' AND EXISTS (SELECT 1 FROM application_step AS step"
        " WHERE step.application_id = application.id AND step.state = 'accepted')) AS stepped_back"
        " FROM sent JOIN application ON application.id = sent.application_id"
        " JOIN campaign ON campaign.id = application.campaign_id"
        " WHERE campaign.id IS NOT :without GROUP BY sent.creator_id",
        {"ids": json.dumps(list(creator_ids)), "without": without},
    )
    return {row["creator_id"]: TrackRecord(row["taken"], row["stepped_back"]) for row in rows}


async def asked_rates(reads: Reads, creator_ids: Collection[int]) -> dict[int, int]:
    """The rate each account asked last, in whole rupiah; those that never named one are missing."""
    # With max() SQLite takes the other columns from the row that has it.
    rows = await reads.fetch_all(
        "SELECT creator_id, rate, max(applied_at) FROM application"
        " WHERE creator_id IN (SELECT CAST(value AS INTEGER) FROM json_each(:ids)) AND rate IS NOT NULL"
        " GROUP BY creator_id",
        {"ids": json.dumps(list(creator_ids))},
    )
    return {row["creator_id"]: row["rate"] for row in rows}
