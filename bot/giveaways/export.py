"""The draw file from the shell, for lists that Discord does not take."""

from pathlib import Path

from bot.settings import Settings


async def write_draw_file(settings: Settings, giveaway_id: int, target: Path) -> None:
    """Write the file with every pick so far; safe while the bot runs. Raises NotFound before the end."""
    # Not at the top: the services import this area.
    from bot.services import open_services

    services = await open_services(settings)
    try:
        target.write_bytes(await services.giveaway_draws.document(giveaway_id, whole=True))
    finally:
        await services.close()
