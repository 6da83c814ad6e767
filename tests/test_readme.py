"""What the README says is what the program has."""

import re

import discord

from bot.server.rules import BOT_PERMISSIONS
from bot.settings import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_invite_link_asks_for_the_permissions_the_bot_needs_and_no_more() -> None:
    found = re.search(r"permissions=(\d+)", README)
    assert found is not None

    assert discord.Permissions(int(found[1])) == discord.Permissions(**dict.fromkeys(BOT_PERMISSIONS, True))


def test_the_two_setup_commands_come_first_and_pictures_exist() -> None:
    first = README.split("```bash")[1].split("```")[0]
    assert [line.split("#")[0].strip() for line in first.strip().splitlines()] == ["make demo", "make test"]
    for picture in re.findall(r"\]\((docs/[^)]+)\)", README):
        assert (ROOT / picture).is_file(), picture
