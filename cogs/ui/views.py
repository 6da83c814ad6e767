"""From message data to discord.py's embeds and views."""

from __future__ import annotations

import discord

from bot.platform.messages import Button, ButtonStyle, Message, Select
from bot.platform.palette import PRIMARY

_STYLES = {
    ButtonStyle.PRIMARY: discord.ButtonStyle.primary,
    ButtonStyle.SECONDARY: discord.ButtonStyle.secondary,
    ButtonStyle.SUCCESS: discord.ButtonStyle.success,
    ButtonStyle.DANGER: discord.ButtonStyle.danger,
}


def as_embed(message: Message) -> discord.Embed | None:
    """The embed of a message, or None when it is plain text."""
    if not (message.title or message.description or message.fields or message.picture):
        return None
    embed = discord.Embed(
        title=_cut(message.title, 256) or None,
        description=_cut(message.description, 4096) or None,
        colour=message.colour if message.colour is not None else PRIMARY,
    )
    for field in message.fields[:25]:
        embed.add_field(name=_cut(field.name, 256), value=_cut(field.value, 1024) or "-", inline=field.inline)
    if message.footer:
        embed.set_footer(text=_cut(message.footer, 2048))
    if message.picture:
        embed.set_image(url=f"attachment://{message.picture.filename}")
    return embed


def as_select(select: Select) -> discord.ui.Select[discord.ui.View]:
    """A select of a message; it takes a row of its own."""
    return discord.ui.Select(
        custom_id=select.custom_id,
        placeholder=_cut(select.placeholder, 150) or None,
        min_values=select.at_least,
        max_values=min(select.at_most, len(select.options)),
        options=[
            discord.SelectOption(
                value=option.value, label=_cut(option.label, 100), description=_cut(option.description, 100) or None
            )
            for option in select.options[:25]
        ],
    )


def as_view(rows: list[list[Button]], *extra: discord.ui.Item[discord.ui.View]) -> discord.ui.View | None:
    """Buttons of a message, below its selects (`extra`).

    The view is stopped before it is sent, so discord.py keeps no copy of it: presses are found by custom_id alone
    (see routing), the same before and after a restart.
    """
    if not rows and not extra:
        return None
    view = discord.ui.View(timeout=None)
    for item in extra:
        view.add_item(item)
    first_row = len(extra)
    for index, row in enumerate(rows):
        for button in row:
            view.add_item(
                discord.ui.Button(
                    style=_STYLES[button.style],
                    label=_cut(button.label, 80),
                    custom_id=button.custom_id if button.url is None else None,
                    url=button.url,
                    emoji=button.emoji,
                    disabled=button.disabled,
                    row=first_row + index,
                )
            )
    view.stop()
    return view


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
