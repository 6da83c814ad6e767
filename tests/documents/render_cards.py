"""Writes a gallery of every card: python -m tests.documents.render_cards FOLDER"""

import sys
import time
from pathlib import Path

from bot.campaigns import cards as campaigns
from bot.creators import cards as creators
from bot.onboarding import cards as onboarding
from bot.platform.drawing import Canvas
from bot.shortlists import cards as shortlists
from tests.documents.card_samples import Card, hostile, ordinary, strange


def layout(card: Card) -> Canvas:
    """Draw any card."""
    match card:
        case onboarding.WelcomeCard():
            return onboarding.layout(card)
        case campaigns.CampaignCard() | campaigns.ApplicantsCard():
            return campaigns.layout(card)
        case shortlists.ShortlistCard():
            return shortlists.layout(card)
        case _:
            return creators.layout(card)


def alt_text(card: Card) -> str:
    """Any card in words."""
    match card:
        case onboarding.WelcomeCard():
            return onboarding.alt_text(card)
        case campaigns.CampaignCard() | campaigns.ApplicantsCard():
            return campaigns.alt_text(card)
        case shortlists.ShortlistCard():
            return shortlists.alt_text(card)
        case _:
            return creators.alt_text(card)


def main(folder: Path) -> None:
    """Write every sample as PNG and print its size and the time it took."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, card in [*ordinary(), *hostile(), *strange()]:
        began = time.perf_counter()
        canvas = layout(card)
        drawn = time.perf_counter()
        picture = canvas.png()
        done = time.perf_counter()
        (folder / f"{name}.png").write_bytes(picture)
        spent = f"{(drawn - began) * 1000:6.0f} ms drawing {(done - drawn) * 1000:5.0f} ms writing"
        print(f"{name:28} {canvas.box.w}x{canvas.box.h:<5} {len(picture) / 1024:6.0f} kB {spent}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
