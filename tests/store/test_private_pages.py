"""The private pages over HTTP, with hostile hands: replay, wrong tokens, other pages, large bodies, markup."""

import asyncio
import logging
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bot.platform import audit
from bot.platform.crypto import Private
from bot.platform.database import Reads, UnitOfWork
from bot.platform.errors import DomainError
from bot.private_forms.models import FieldKind, PrivateField, PrivateFormSpec, PrivatePageSpec
from bot.private_forms.web import MAX_BODY_BYTES, WRONG_LINKS
from bot.services import Services
from bot.settings import Settings
from tests.conftest import make_settings
from tests.support.private_web import ADDRESS, browser, form_token

OWN = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}
EVIL = "<script>alert(1)</script>\"'&"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """With an address at which people reach the private pages."""
    return make_settings(tmp_path, http_port=8080, public_url=ADDRESS)


class Kept:
    """What an area would do with a form."""

    def __init__(self, services: Services) -> None:
        self.got: list[tuple[int, int, Mapping[str, Private]]] = []
        self.refuse = False
        self.services = services
        fields = (
            PrivateField("nik", "Nomor KTP", FieldKind.DIGITS, min_length=16, max_length=16),
            PrivateField("name", "Nama"),
        )
        services.private_forms.register(
            "test", PrivateFormSpec("Data diri", "Untuk SPK.", fields, about=self.about), self.keep
        )
        services.private_forms.register_page("test.page", PrivatePageSpec("Nomor", "Sekali."), self.show)

    async def about(self, reads: Reads, subject_id: int) -> str:
        return f"Kontrak {subject_id} {EVIL}"

    async def keep(self, tx: UnitOfWork, subject_id: int, member_id: int, values: Mapping[str, Private]) -> None:
        if self.refuse:
            raise DomainError("Kontrak ini sudah dibatalkan.")
        self.got.append((subject_id, member_id, values))

    async def show(self, tx: UnitOfWork, subject_id: int, member_id: int) -> list[tuple[str, Private]]:
        return [("Nama", Private(EVIL))]

    async def link(self, kind: str = "test", subject: int = 5) -> str:
        async with self.services.database.unit() as tx:
            return (await self.services.private_forms.link(tx, kind, subject, 100)).url


@pytest.fixture
def kept(services: Services) -> Kept:
    return Kept(services)


TYPED = {"nik": "3174012345678901", "name": "Rara"}


async def test_a_form_is_kept_once_however_often_it_is_sent(services: Services, kept: Kept) -> None:
    url = await kept.link()
    async with browser(services) as web:
        _, page = await web.open(url)
        values = {"form_token": form_token(page), **TYPED}
        answers = await asyncio.gather(*(web.send(url, values, **OWN) for _ in range(10)))
        replayed, text = await web.send(url, values, **OWN)

    assert sorted(answer.status for answer, _ in answers) == [200] + [410] * 9
    assert replayed.status == 410 and "sudah dipakai" in text and "/tiket buka" in text
    assert len(kept.got) == 1 and kept.got[0][:2] == (5, 100)
    assert kept.got[0][2]["nik"] == Private("3174012345678901")
    (entry,) = await audit.entries(services.database.read, subject_kind="private_link", subject_id=1)
    assert (entry.action, entry.actor_id, dict(entry.details)) == (
        "private_form.submitted",
        100,
        {"kind": "test", "subject": 5},
    )


async def test_looking_does_not_use_a_link_up(services: Services, kept: Kept) -> None:
    url = await kept.link()
    async with browser(services) as web:
        for _ in range(3):
            seen, _ = await web.open(url)
            assert seen.status == 200
        await web.client.head(url.removeprefix(ADDRESS))
        sent, _ = await web.fill(url, **TYPED)
    assert sent.status == 200


async def test_pages_are_locked_down_and_load_nothing(services: Services, kept: Kept) -> None:
    url = await kept.link()
    async with browser(services) as web:
        seen, page = await web.open(url)
        gone, _ = await web.open(f"{ADDRESS}/isi/{secrets.token_urlsafe(32)}")
        odd, _ = await web.open(f"{ADDRESS}/isi/a/b/c")

    for answered in (seen, gone, odd):
        headers = answered.headers
        assert headers["Cache-Control"] == "no-store" and headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "script-src" not in policy
        assert "Set-Cookie" not in headers
    assert (gone.status, odd.status) == (404, 404)
    for part in ("<script", "src=", "href=", "@import", "url(", "http://", "https://"):
        assert part not in page
    assert 'lang="id"' in page and "width=device-width" in page and '<label for="nik">' in page


async def test_markup_from_people_stays_text(services: Services, kept: Kept) -> None:
    url = await kept.link()
    async with browser(services) as web:
        _, first = await web.open(url)
        refused, page = await web.fill(url, nik=EVIL, name=EVIL + '" autofocus onfocus=alert(1) x="')
        _, shown = await web.fill(await kept.link("test.page"))

    assert refused.status == 422 and "hanya berisi angka" in page
    for text in (first, page, shown):
        assert "<script" not in text and "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;" in text
    assert 'onfocus=alert(1) x="' not in page and kept.got == []


async def test_a_refused_form_keeps_what_was_typed_and_its_link(services: Services, kept: Kept) -> None:
    url = await kept.link()
    async with browser(services) as web:
        refused, page = await web.fill(url, nik="317", name="Rara Ayu")
        assert refused.status == 422 and "Nomor KTP harus 16 angka." in page and 'value="Rara Ayu"' in page
        assert 'aria-invalid="true" autofocus' in page
        kept.refuse = True
        refused, page = await web.fill(url, **TYPED)
        assert refused.status == 409 and "sudah dibatalkan" in page
        kept.refuse = False
        sent, _ = await web.fill(url, **TYPED)
    assert sent.status == 200 and len(kept.got) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://jahat.example"},
    ],
)
async def test_a_form_sent_from_another_page_is_refused(
    services: Services, kept: Kept, headers: dict[str, str]
) -> None:
    url = await kept.link()
    async with browser(services) as web:
        _, page = await web.open(url)
        refused, _ = await web.send(url, {"form_token": form_token(page), **TYPED}, **headers)
    assert refused.status == 403 and kept.got == []


@pytest.mark.parametrize("token", ["", "0" * 64, "\udcff", "é" * 64])
async def test_a_wrong_form_token_is_refused(services: Services, kept: Kept, token: str) -> None:
    url = await kept.link()
    async with browser(services) as web:
        shown = token.encode("utf-8", "replace").decode()
        refused, _ = await web.send(url, {"form_token": shown, **TYPED}, **OWN)
    assert refused.status == 403 and kept.got == []


async def test_another_forms_token_does_not_fit(services: Services, kept: Kept) -> None:
    one, two = await kept.link(), await kept.link(subject=6)
    async with browser(services) as web:
        _, page = await web.open(one)
        refused, _ = await web.send(two, {"form_token": form_token(page), **TYPED}, **OWN)
    assert refused.status == 403 and kept.got == []


async def test_wrong_links_are_few_and_then_have_to_wait(services: Services, kept: Kept) -> None:
    url = await kept.link()
    async with browser(services) as web:
        path = url.removeprefix(ADDRESS)
        for _ in range(WRONG_LINKS):
            wrong = await web.client.get(
                f"/isi/{secrets.token_urlsafe(32)}", headers={"X-Forwarded-For": "203.0.113.9"}
            )
            assert wrong.status == 404
        blocked = await web.client.get(path, headers={"X-Forwarded-For": "203.0.113.9"})
        other = await web.client.get(path, headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.7"})
    assert blocked.status == 429 and int(blocked.headers["Retry-After"]) > 0
    assert other.status == 200


@pytest.mark.parametrize(
    "token", ["x", "a" * 43 + "%00", "../metrics", "%2e%2e%2fhealth", "é" * 43, "A" * 5_000, "'; DROP--"]
)
async def test_odd_addresses_find_nothing(services: Services, kept: Kept, token: str) -> None:
    async with browser(services) as web:
        answered = await web.client.get(f"/isi/{token}", allow_redirects=False)
        body = await answered.text()
    assert answered.status in (200, 404) and (answered.status == 404 or token in ("../metrics", "%2e%2e%2fhealth"))
    assert "Traceback" not in body


def bodies() -> Iterator[tuple[bytes, dict[str, str], int]]:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    yield b"x" * (MAX_BODY_BYTES + 1), form, 413
    yield b"&".join(b"a=1" for _ in range(200)), form, 400
    yield b"\xff\xfe=1", form, 400
    yield b'{"nik": 1}', {"Content-Type": "application/json"}, 415
    yield b"--x\r\n", {"Content-Type": "multipart/form-data; boundary=x"}, 415
    yield b"", {"Content-Type": "application/x-www-form-urlencoded"}, 403
    yield b"a=1", form | {"Content-Encoding": "br2"}, 415


@pytest.mark.parametrize(("body", "headers", "status"), list(bodies()))
async def test_bodies_that_are_no_plain_small_form_are_refused(
    services: Services, kept: Kept, body: bytes, headers: dict[str, str], status: int
) -> None:
    url = await kept.link()
    async with browser(services) as web:
        answered = await web.client.post(url.removeprefix(ADDRESS), data=body, headers=OWN | headers)
    assert answered.status == status and kept.got == []


async def test_a_chunked_body_of_unknown_length_stops_at_the_limit(services: Services, kept: Kept) -> None:
    async def endless() -> object:
        for _ in range(100):
            yield b"nik=" + b"1" * 4_096

    url = await kept.link()
    async with browser(services) as web:
        headers = OWN | {"Content-Type": "application/x-www-form-urlencoded"}
        answered = await web.client.post(url.removeprefix(ADDRESS), data=endless(), headers=headers)
    assert answered.status == 413


async def test_other_methods_find_nothing(services: Services, kept: Kept) -> None:
    url = await kept.link()
    async with browser(services) as web:
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
            answered = await web.client.request(method, url.removeprefix(ADDRESS))
            assert answered.status in (404, 405)
        sent, _ = await web.fill(url, **TYPED)
    assert sent.status == 200


async def test_while_the_bot_starts_people_are_asked_to_wait() -> None:
    async with browser(None) as web:
        answered, page = await web.open(f"{ADDRESS}/isi/{secrets.token_urlsafe(32)}")
        health = await web.client.get("/health")
    assert answered.status == 503 and "Coba lagi" in page and health.status == 200


async def test_a_defect_shows_nothing_of_itself(
    services: Services, kept: Kept, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(tx: UnitOfWork, subject_id: int, member_id: int, values: Mapping[str, Private]) -> None:
        raise RuntimeError("cacat")

    url = await kept.link()
    services.private_forms.register("test", PrivateFormSpec("Data", "x", (PrivateField("nik", "NIK"),)), broken)
    async with browser(services) as web:
        failed, page = await web.fill(url, **TYPED)
    assert failed.status == 500 and "cacat" not in page and "3174" not in page
    services.private_forms.register("test", PrivateFormSpec("Data", "x", ()), kept.keep)
    async with browser(services) as web:
        sent, _ = await web.fill(url)
    assert sent.status == 200, "the link was not used up"


async def test_neither_tokens_nor_values_reach_the_log_or_the_store(
    services: Services,
    kept: Kept,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    url = await kept.link()
    token = url.rsplit("/", 1)[1]
    async with browser(services) as web:
        await web.fill(url, nik="317", name="Rara Rahasia")
        await web.fill(url, **TYPED | {"name": "Rara Rahasia"})
    printed = capsys.readouterr()

    store = b"".join(path.read_bytes() for path in settings.database.parent.glob("store.db*"))
    assert token.encode() not in store
    for secret in ("Rara Rahasia", TYPED["nik"]):
        assert secret.encode() not in store
        for text in (caplog.text, printed.out, printed.err):
            assert secret not in text


async def test_old_links_are_forgotten(services: Services, kept: Kept) -> None:
    url = await kept.link()
    async with services.database.unit() as tx:
        await tx.execute("UPDATE private_link SET created_at = 1, expires_at = 2")
        await services.private_forms.drop_old(tx)
    async with browser(services) as web:
        gone, _ = await web.open(url)
    assert gone.status == 404


async def test_without_an_address_no_link_is_made(tmp_path: Path, services: Services, kept: Kept) -> None:
    services.private_forms.address = None
    with pytest.raises(DomainError, match="belum bisa dibuka"):
        await kept.link()
    assert make_settings(tmp_path, http_port=0, public_url=ADDRESS).forms_address is None
    assert make_settings(tmp_path, http_port=9000).forms_address is None
    here = "http://127.0.0.1:9000"
    assert make_settings(tmp_path, http_port=9000, public_url=here).forms_address == here


@pytest.mark.parametrize(
    "address", ["http://tsc.example", "tsc.example", "https://a:b@tsc.example", "https://x.id/?a=1"]
)
def test_an_address_that_would_send_numbers_in_clear_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(ValueError):
        make_settings(tmp_path, public_url=address)
