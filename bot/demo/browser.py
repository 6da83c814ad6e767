"""A person's phone on the bot's private page: opens a link and sends its form."""

from __future__ import annotations

import re

import aiohttp

_TOKEN = re.compile(r'name="form_token" value="([0-9a-f]{64})"')


async def fill(link: str, values: dict[str, str]) -> str:
    """Open the link, send the form behind it, and return the page that comes back. Raises RuntimeError when refused."""
    async with aiohttp.ClientSession() as session:
        page = await _text(session.get(link))
        token = _TOKEN.search(page)
        # no-referrer makes browsers say `Origin: null`, also from the same page.
        headers = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}
        form = values | ({"form_token": token[1]} if token else {})
        return await _text(session.post(link, data=form, headers=headers))


async def _text(request: aiohttp.client._RequestContextManager) -> str:  # pyright: ignore[reportPrivateUsage]
    async with request as answered:
        text = await answered.text()
        if answered.status != 200:
            raise RuntimeError(f"halaman menjawab {answered.status}")
        return text
