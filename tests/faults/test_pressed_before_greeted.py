"""A newcomer may press a button before the bot has got round to greeting them."""

from bot.onboarding.models import Person
from bot.platform.audit import Actor
from bot.server.models import ChannelKey
from bot.services import Services


async def test_who_presses_before_being_greeted_is_greeted_all_the_same(services: Services) -> None:
    """They joined while the bot was away and pressed before it had caught up, or while their avatar was fetched."""
    places = {ChannelKey.WELCOME: 10, ChannelKey.RULES: 11}
    await services.server.settle(Actor(1), {}, {key.value: place for key, place in places.items()})
    await services.onboarding.post_panel(False)
    rini = Person(5, "Rini", services.clock.timestamp())
    await services.onboarding.accept_rules(Actor(rini.id), rini)

    for missed in await services.onboarding.catch_up([rini]):
        await services.onboarding.arrive(missed, "TSCreator")
    await services.onboarding.arrive(rini, "TSCreator")

    assert await services.outbox.find(f"welcome:{rini.id}:first") is not None
