"""Tags: words of the team's own on an account, for finding it again."""

import re
from typing import Final

from bot.platform.errors import DomainError, FormRefused
from bot.platform.text import one_line, quote

TAG_LENGTH: Final = 30
MOST_TAGS: Final = 15


def tag_of(text: str) -> str:
    """One tag as it is kept: lower case, one line, without a leading #. Empty for a blank. Raises DomainError."""
    tag = one_line(text).casefold().lstrip("#").strip()
    if len(tag) > TAG_LENGTH:
        raise DomainError(f"Tag {quote(tag)} terlalu panjang. Paling banyak {TAG_LENGTH} karakter.")
    if tag and not any(character.isalnum() for character in tag):
        raise DomainError(f"Tag {quote(tag)} harus berisi huruf atau angka, misalnya cepat balas.")
    return tag


def read_tags(text: str) -> tuple[str, ...]:
    """Tags from `cepat balas, #ramah`: parted by commas, semicolons or lines, each once, alphabetical.

    Raises FormRefused.
    """
    tags: set[str] = set()
    problems: list[str] = []
    for piece in re.split(r"[,;\n]", text):
        try:
            tags.add(tag_of(piece))
        except DomainError as error:
            problems.append(error.message)
    tags.discard("")
    if len(tags) > MOST_TAGS:
        problems.append(f"Satu kreator paling banyak punya {MOST_TAGS} tag. Yang kamu tulis {len(tags)}.")
    if problems:
        raise FormRefused(problems)
    return tuple(sorted(tags))
