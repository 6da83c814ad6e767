"""Opening a ticket: the panel, known answers first, limits, masking, screenshots, the thread and IT's card."""

from bot.platform.audit import Actor
from bot.tickets.models import EntryKind, Stage, TicketState
from tests.support.campaigns import buttons_of, press_again
from tests.support.registering import screenshot
from tests.support.server import Server, message_of, text_of
from tests.support.tickets import (
    ODD,
    desk_card,
    entries,
    fill_in,
    form_of,
    header,
    open_ticket,
    thread_messages,
    ticket,
    typed,
)


async def test_a_creator_opens_a_ticket_from_the_panel_and_it_is_called(server: Server) -> None:
    it, raka = await server.staff("budi.it", "IT Support"), await server.join("raka")
    posted = await it.slash(server.channel("it-piket"), "tiket-admin panel")
    assert "Panel bantuan dikirim" in text_of(posted)
    await server.env.settle()
    panel = server.last("bantuan")

    form = await raka.click(panel, label="Lainnya")
    told = await raka.submit_modal(form, await typed(server, ODD))
    await server.env.settle()

    assert told.ephemeral and "Tiket #1 diterima" in text_of(told)
    way = await raka.click(message_of(told), label="Buka thread")
    assert way.ephemeral and "Ke thread" in buttons_of(message_of(way))
    shown = await header(server)
    assert ODD in text_of(shown) and "Baru" in text_of(shown) and "<t:" in text_of(shown)
    assert buttons_of(shown) == {
        "Ambil": True,
        "Alihkan": True,
        "Eskalasi": True,
        "Minta info": True,
        "Catatan internal": True,
        "Selesai": True,
        "Tutup tiket": True,
    }
    card = await desk_card(server)
    assert ODD in text_of(card) and f"<@&{server.role('IT Support').id}>" in card.content
    assert (await ticket(server)).creator_id == raka.id
    assert {"Buka thread", "Transkrip", "Balas"} <= set(buttons_of(card))


async def test_known_answers_come_first_and_nothing_is_typed_twice(server: Server) -> None:
    staff, raka = await server.staff(), await server.join("raka")
    told = "kode otp registrasi tidak masuk"
    shown = await fill_in(server, raka, told, stage=0)
    assert "belum dikirim" in text_of(shown) and "Tetap kirim" in buttons_of(message_of(shown))
    assert (await server.services.tickets.mine(raka.id))[1] == 0

    await server.restart()
    sent = await raka.click(message_of(shown), label="Tetap kirim")
    await server.env.settle()
    assert "Tiket #1 diterima" in text_of(sent)
    assert told in text_of(await header(server))
    again = await press_again(server, raka, "tsc:ticket:send:0")
    assert "sudah dikirim" in text_of(again) and (await server.services.tickets.mine(raka.id))[1] == 1
    assert staff.member is not None


async def test_an_answer_that_helps_opens_no_ticket(server: Server) -> None:
    raka = await server.join("raka")
    shown = await fill_in(server, raka, "kode otp registrasi tidak masuk", stage=0)
    label = next(name for name in buttons_of(message_of(shown)) if "menjawab" in name)
    done = await raka.click(message_of(shown), label=label)

    assert "Tidak ada tiket yang dikirim" in text_of(done)
    assert (await server.services.tickets.mine(raka.id))[1] == 0
    late = await press_again(server, raka, "tsc:ticket:send:0")
    assert "sudah dikirim atau sudah tidak tersimpan" in text_of(late)


async def test_an_account_number_is_masked_before_it_is_stored_and_the_creator_is_told(server: Server) -> None:
    await server.staff()
    raka = await server.join("raka")
    told = await fill_in(server, raka, "xyzzy rekening 1234-5678-90 NIK 3174012345678901 plugh")

    assert "samarkan" in text_of(told)
    assert "••••7890" in text_of(await header(server)) and "••••8901" in text_of(await header(server))
    for table, columns in (
        ("ticket", "summary || form"),
        ("ticket_entry", "text"),
        ("outbox_message", "payload"),
    ):
        for row in await server.services.database.read.fetch_all(f"SELECT {columns} AS kept FROM {table}"):
            assert "3174012345678901" not in row["kept"] and "1234-5678-90" not in row["kept"]


async def test_screenshots_come_along_and_what_is_no_picture_is_refused_with_the_text_kept(server: Server) -> None:
    await server.staff()
    raka = await server.join("raka")
    form = await form_of(server, raka)
    values = await typed(server, ODD)
    refused = await raka.submit_modal(form, {**values, "files": [("bukti.png", b"MZ not a picture")]})
    assert "Perbaiki" in buttons_of(message_of(refused))
    assert (await server.services.tickets.mine(raka.id))[1] == 0
    mended = await raka.click(message_of(refused), label="Perbaiki")
    assert mended.modal is not None
    files = [("a.png", screenshot()), ("b.png", screenshot(80, 20))]
    sent = await raka.submit_modal(mended, {**values, "files": files})
    await server.env.settle()

    assert "Tiket #1 diterima" in text_of(sent)
    names = [file.filename for message in await thread_messages(server) for file in message.attachments]
    assert names == ["bukti-1.png", "bukti-2.png"]
    kept = await server.services.database.read.fetch_all("SELECT expires_at FROM stored_file")
    assert [row["expires_at"] for row in kept] == [None, None]


async def test_a_creator_has_three_open_tickets_at_most(server: Server) -> None:
    raka = await server.join("raka")
    for _ in range(3):
        await open_ticket(server, raka)
    refused = await form_of(server, raka)
    assert refused.modal is None and "paling banyak 3" in text_of(refused)
    mine = await raka.slash(server.channel("bantuan"), "tiket saya")
    assert "3 tiketmu" in text_of(mine)


async def test_nobody_is_told_that_a_ticket_was_received_when_it_was_not_stored(server: Server) -> None:
    raka = await server.join("raka")
    form = await form_of(server, raka)
    values = await typed(server, ODD)
    writer = server.services.database._writer
    await writer.execute_fetchall("PRAGMA query_only = ON")
    told = await raka.submit_modal(form, values)
    await server.env.settle()

    assert "tidak bisa ditulis" in text_of(told) and "diterima" not in text_of(told)
    assert (await server.services.tickets.mine(raka.id))[1] == 0
    assert not [one for one in server.messages("it-piket") if "Tiket #" in text_of(one)]
    await writer.execute_fetchall("PRAGMA query_only = OFF")
    again = await form_of(server, raka)
    assert again.modal is not None
    assert "Tiket #1 diterima" in text_of(await raka.submit_modal(again, values))
    assert [one.kind for one in await entries(server)] == [EntryKind.OPENED]
    assert (await ticket(server)).state is TicketState.NEW


async def test_a_ticket_opened_during_an_incident_is_told_so_and_joins_it(server: Server) -> None:
    sari, raka = await server.staff(), await server.join("raka")
    incident = await server.services.incidents.open(
        Actor(sari.id), "Sari", Stage.OTHER, "Login sedang gangguan", "Tim IT sedang memperbaiki server login."
    )
    shown = await fill_in(server, raka)
    assert "Login sedang gangguan" in text_of(shown) and "belum dikirim" in text_of(shown)
    sent = await raka.click(message_of(shown), label="Tetap kirim")
    await server.env.settle()
    assert "digabung dengan gangguan" in text_of(sent)
    assert (await ticket(server)).incident_id == incident.id
    assert [one for one in await thread_messages(server) if "sedang memperbaiki server login" in text_of(one)]
