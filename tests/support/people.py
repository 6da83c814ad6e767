"""Registered creators, straight into the store: for stories that begin after the registration."""

from __future__ import annotations

from simcord.actors import MemberActor

from bot.creators.models import CreatorRecord, Metrics, Niche, Platform
from bot.onboarding import store as onboarding_store
from tests.support.server import Server


async def registered_creator(
    server: Server,
    name: str,
    *,
    platform: Platform = Platform.TIKTOK,
    followers: int | None = 54_700,
    niche: Niche | None = Niche.BEAUTY,
    region: str | None = "Jawa Barat",
    likes: int | None = 1_800,
    comments: int | None = 120,
    roles: tuple[str, ...] = ("Kreator",),
) -> MemberActor:
    """Somebody who has joined, registered one account under their own name, and holds the role."""
    member = await server.join(name, roles=roles)
    await add_account(
        server,
        member,
        name,
        platform=platform,
        followers=followers,
        niche=niche,
        region=region,
        likes=likes,
        comments=comments,
    )
    return member


async def add_account(
    server: Server,
    member: MemberActor,
    username: str,
    *,
    platform: Platform = Platform.TIKTOK,
    followers: int | None = 54_700,
    niche: Niche | None = Niche.BEAUTY,
    region: str | None = "Jawa Barat",
    likes: int | None = 1_800,
    comments: int | None = 120,
) -> int:
    """One more account of a member; its id in the KOL database."""
    services = server.services
    now = services.clock.timestamp()
    record = CreatorRecord(
        platform=platform,
        username=username,
        niche_1=niche,
        metrics=Metrics(followers, 20_000, likes, comments, 40),
    )
    async with services.database.unit() as tx:
        await onboarding_store.add_member(tx, member.id, username, now)
        return await services.creators.save(tx, record, source="registration", member_id=member.id, region=region)
