"""A creator's way through /daftar, step by step as they press and type it."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image
from simcord.actors import MemberActor
from simcord.builders import UserHandle
from simcord.results import InteractionResult, ResponseMessage

from tests.support.server import Server, message_of

ABOUT: dict[str, Any] = {
    "age": ["25-34"],
    "gender": ["female"],
    "city": "Bandung",
    "province": "jabar",
    "contact": "0812-3456-7890",
}
ACCOUNT: dict[str, Any] = {
    "platform": ["tiktok"],
    "username": "@raka.cerita",
    "followers": "12,4rb",
    "niches": ["food", "travel"],
}
AVERAGES: dict[str, Any] = {"views": "8.500", "likes": "1,2rb", "comments": "85", "shares": ""}


def screenshot(width: int = 60, height: int = 40) -> bytes:
    """A small PNG."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), (123, 92, 255)).save(out, "PNG")
    return out.getvalue()


class Registering:
    """One person registering, in the server or in their DM; `shown` is what they look at now."""

    def __init__(self, server: Server, member: MemberActor | UserHandle) -> None:
        self.server = server
        self.member = member
        self.shown: InteractionResult | None = None

    @property
    def message(self) -> ResponseMessage:
        """The message they look at."""
        assert self.shown is not None
        return message_of(self.shown)

    async def begin(self) -> InteractionResult:
        """Type /daftar."""
        assert isinstance(self.member, MemberActor), "commands are for the server, not for DMs"
        self.shown = await self.member.slash(self.server.channel("bantuan"), "daftar")
        return self.shown

    async def press(self, label: str) -> InteractionResult:
        """Press a button of the message they look at."""
        pressed = await self.member.click(self.message, label=label)
        self.shown = pressed
        return pressed

    async def fill(self, values: dict[str, Any], **changes: Any) -> InteractionResult:
        """Fill in the form that opened."""
        assert self.shown is not None and self.shown.modal is not None, "no form is open"
        self.shown = await self.member.submit_modal(self.shown, values | changes)
        return self.shown

    async def agree(self) -> InteractionResult:
        """/daftar, then consent."""
        await self.begin()
        return await self.press("Setuju & mulai")

    async def up_to_summary(self, **changes: Any) -> InteractionResult:
        """Everything filled in, ready to be sent."""
        await self.agree()
        await self.fill(ABOUT)
        await self.press("Isi akun")
        await self.fill(ACCOUNT, **changes)
        await self.press("Isi rata-rata")
        return await self.fill(AVERAGES)

    async def send(self, **changes: Any) -> InteractionResult:
        """Everything filled in and sent."""
        await self.up_to_summary(**changes)
        return await self.press("Kirim")
