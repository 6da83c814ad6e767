"""A whole deck, page by page. Takes CPU for a second or two with fifty creators: run it off the event loop."""

from collections.abc import Callable

from bot.decks import charts, slides
from bot.decks.brand import DeckBrand
from bot.decks.creator_page import creator_page
from bot.decks.models import DeckFacts, Rates
from bot.decks.paper import Paper
from bot.decks.rules import overview_of

Told = Callable[[int], None]


def write_deck(facts: DeckFacts, brand: DeckBrand, told: Told = lambda done: None) -> Paper:
    """The deck, not saved yet. `told` hears how many creators have their page so far, from the thread it is made in."""
    paper = Paper(brand)
    slides.cover(paper, facts)
    if facts.brief is not None:
        slides.brief(paper, facts.brief)
    slides.criteria(paper, facts)
    several = len(facts.creators) > 1
    if several:
        charts.at_a_glance(paper, overview_of(facts.creators))
    slides.overview_tables(paper, facts)
    for done, one in enumerate(facts.creators, start=1):
        creator_page(paper, one, facts.shows_rates)
        told(done)
    if several:
        charts.comparisons(paper, facts)
    if facts.rates is Rates.BUDGET:
        slides.budget(paper, facts)
    slides.closing(paper, facts)
    return paper
