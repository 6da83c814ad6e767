"""The life of a ticket from three sides: its creator, KOL staff and IT, with a restart in every state."""

import discord
from simcord.actors import MemberActor

from bot.platform.audit import Actor
from bot.platform.messages import from_json
from bot.tickets.models import Author, EntryKind, Speaker, TicketState
from tests.support.campaigns import buttons_of, press_again
from tests.support.server import Server, message_of, text_of
from tests.support.tickets import (
    CONCLUSION,
    ODD,
    delivered,
    desk_card,
    entries,
    header,
    later,
    open_ticket,
    press,
    press_and_fill,
    resolve,
    say,
    thread_messages,
    thread_of,
    ticket,
)


async def crowd(server: Server) -> tuple[MemberActor, MemberActor, MemberActor]:
    """A creator with a ticket, a KOL, and IT."""
    raka, sari, budi = await server.join("raka"), await server.staff(), await server.staff("budi.it", "IT Support")
    await open_ticket(server, raka)
    return raka, sari, budi


def news(server: Server, member: MemberActor) -> list[str]:
    """What somebody got privately about tickets."""
    return [text for text in map(text_of, server.dms(member)) if "Tiket #" in text]


async def state(server: Server) -> TicketState:
    return (await ticket(server)).state


async def test_from_a_question_to_five_stars_with_a_restart_in_every_state(server: Server) -> None:
    raka, sari, budi = await crowd(server)
    await server.restart()
    assert await state(server) is TicketState.NEW
    async with server.services.database.unit() as tx:
        await server.services.it_answers.forwarded(tx, 1)
    await server.restart()
    assert await state(server) is TicketState.FORWARDED and "Diteruskan ke IT" in text_of(await header(server))

    taken = await press(server, budi, await desk_card(server), "Ambil")
    assert "kamu pegang" in text_of(taken)
    await server.restart()
    assert await state(server) is TicketState.IN_PROGRESS
    assert buttons_of(await desk_card(server))["Ambil"] is False
    assert f"<@{budi.id}>" in text_of(await header(server))

    asked = {"text": "Versi aplikasinya berapa?"}
    await press_and_fill(server, budi, await header(server), "Minta info", asked)
    await server.restart()
    assert await state(server) is TicketState.WAITING
    assert (await ticket(server)).resolution_due_at is None and "Waktu berhenti" in text_of(await header(server))
    assert f"<@{raka.id}>" in (await thread_messages(server))[-1].content

    note = {"text": "Curiga cache. Rahasia dapur."}
    await press_and_fill(server, sari, await desk_card(server), "Catatan internal", note)
    assert not [one for one in await thread_messages(server) if "Rahasia dapur" in text_of(one)]
    assert [one for one in server.messages("it-piket") if "Rahasia dapur" in text_of(one)]

    await say(server, raka, "Versi 2.3.1")
    assert await state(server) is TicketState.IN_PROGRESS and (await ticket(server)).clock_since is not None

    done = await resolve(server, budi)
    assert "selesai" in text_of(done)
    await server.restart()
    assert await state(server) is TicketState.RESOLVED
    assert CONCLUSION in text_of((await thread_messages(server))[-1]) and CONCLUSION in text_of(await header(server))
    assert len(news(server, raka)) == 1 and CONCLUSION in news(server, raka)[0]

    form = await raka.user.click(server.dms(raka)[-1], label="5 ⭐")
    thanked = await raka.user.submit_modal(form, {"comment": "Cepat!"})
    assert "5 dari 5" in text_of(thanked)
    await server.env.settle()
    assert "5 ⭐ Cepat!" in text_of(await desk_card(server))
    twice = await raka.user.click(server.dms(raka)[-1], label="1 ⭐")
    assert "sudah kamu nilai" in text_of(twice)

    await later(server, 3.01)
    await server.restart()
    assert await state(server) is TicketState.CLOSED
    await press_again(server, raka, "tsc:ticket:reopen:1")
    await server.restart()
    assert await state(server) is TicketState.REOPENED
    assert f"<@{budi.id}>" in server.last("it-piket").content

    kinds = [one.kind for one in await entries(server)]
    assert kinds == [
        EntryKind.OPENED,
        EntryKind.FORWARDED,
        EntryKind.CLAIMED,
        EntryKind.INFO_ASKED,
        EntryKind.NOTE,
        EntryKind.MESSAGE,
        EntryKind.RESOLVED,
        EntryKind.RATED,
        EntryKind.CLOSED,
        EntryKind.REOPENED,
    ]


async def test_the_wrong_person_presses_every_button_and_nothing_changes(server: Server) -> None:
    raka, _, budi = await crowd(server)
    maya = await server.join("maya")
    before = await entries(server)
    for button in ("claim", "hand-over", "escalate", "ask", "note", "reply", "resolve", "thread"):
        for stranger in (raka, maya):
            refused = await press_again(server, stranger, f"tsc:ticket:{button}:1")
            assert refused.modal is None and "hanya untuk staf" in text_of(refused), button
    for button in ("close:1", "close-yes:1", "reopen:1", "rate:1:5"):
        for stranger in (maya,) if button == "reopen:1" else (maya, budi):
            refused = await press_again(server, stranger, f"tsc:ticket:{button}")
            assert refused.modal is None and "pembuat tiketnya" in text_of(refused), button
    refused = await press_again(server, maya, "tsc:ticket:transcript:1")
    assert "pembuat tiketnya dan staf" in text_of(refused)
    hidden = await maya.slash(server.channel("bantuan"), "tiket transkrip", nomor=1)
    assert "tidak ada di daftarmu" in text_of(hidden)
    # Discord hides them from most; to whom it shows them, they are refused.
    commands: tuple[tuple[str, dict[str, object]], ...] = (
        ("antrian", {}),
        ("lihat", {"tiket": "#1"}),
        ("prioritas", {"tiket": "#1", "prioritas": "low"}),
        ("alihkan", {"tiket": "#1", "orang": maya.user}),
        ("gabung", {"tiket": "#1", "ke": "#1"}),
        ("panel", {}),
        ("pertanyaan", {"tahap": "other"}),
    )
    server.guild.create_role("Panitia", permissions=discord.Permissions(manage_events=True))
    nina = await server.join("nina", roles=("Panitia",))
    for command, options in commands:
        refused = await nina.slash(server.channel("umum"), f"tiket-admin {command}", **options)
        assert "hanya untuk staf" in text_of(refused), command
    assert await entries(server) == before and await state(server) is TicketState.NEW


async def test_buttons_that_make_no_sense_any_more_are_refused(server: Server) -> None:
    raka, _, budi = await crowd(server)
    await press(server, budi, await desk_card(server), "Ambil")
    assert "sudah kamu pegang" in text_of(await press_again(server, budi, "tsc:ticket:claim:1"))
    await resolve(server, budi)
    for button in ("claim", "hand-over", "escalate", "ask", "reply", "resolve"):
        refused = await press_again(server, budi, f"tsc:ticket:{button}:1")
        assert refused.modal is None and "sudah selesai" in text_of(refused), button
    assert "Selesai" not in buttons_of(await desk_card(server))
    asked = await press(server, raka, await header(server), "Sudah beres, tutup")
    await press(server, raka, message_of(asked), "Ya, tutup")
    assert await state(server) is TicketState.CLOSED
    assert "Ditutup" in text_of(await press_again(server, raka, "tsc:ticket:close:1"))


async def test_a_conclusion_in_two_words_is_refused_and_kept(server: Server) -> None:
    _, _, budi = await crowd(server)
    short = {"text": "sudah ok", "cause": ["app_bug"]}
    refused = await press_and_fill(server, budi, await desk_card(server), "Selesai", short)
    assert "minimal 20 huruf" in text_of(refused) and "Perbaiki" in buttons_of(message_of(refused))
    assert await state(server) is TicketState.NEW


async def test_a_ticket_is_handed_over_escalated_and_given_another_priority(server: Server) -> None:
    _, sari, budi = await crowd(server)
    tono = await server.staff("tono.it", "IT Support")
    await press(server, budi, await desk_card(server), "Ambil")
    offered = await press(server, budi, await desk_card(server), "Alihkan")
    given = await budi.select(message_of(offered), [str(tono.id)])
    await server.env.settle()
    assert f"<@{tono.id}>" in text_of(given) and (await ticket(server)).assignee_id == tono.id
    assert f"<@{tono.id}>" in server.last("it-piket").content
    outsider = await server.join("maya")
    refused = await sari.slash(server.channel("umum"), "tiket-admin alihkan", tiket="#1", orang=outsider)
    assert "tidak punya role staf" in text_of(refused)

    why = {"text": "Kreator lain mulai mengeluh juga."}
    await press_and_fill(server, tono, await header(server), "Eskalasi", why)
    assert [role.name for role in server.last("staf-kol").role_mentions] == ["Tim KOL"]
    assert "dieskalasi" in text_of(server.last("staf-kol")) and "mulai mengeluh" in text_of(server.last("staf-kol"))
    assert not [one for one in await thread_messages(server) if "mulai mengeluh" in text_of(one)]
    again = await press_and_fill(server, tono, await header(server), "Eskalasi", why)
    assert "baru dieskalasi" in text_of(again)

    before = (await ticket(server)).resolution_due_at
    await sari.slash(server.channel("umum"), "tiket-admin prioritas", tiket="#1", prioritas="urgent")
    await server.env.settle()
    after = (await ticket(server)).resolution_due_at
    assert before is not None and after is not None and after < before
    assert "Mendesak" in text_of(await header(server)) and "Mendesak" in text_of(await desk_card(server))


async def test_silence_warns_then_closes_and_an_answer_starts_it_all_over(server: Server) -> None:
    raka, _, budi = await crowd(server)
    await press_and_fill(server, budi, await desk_card(server), "Minta info", {"text": "Versi berapa?"})
    await later(server, 3.01)
    assert "masih menunggu jawabanmu" in (await thread_messages(server))[-1].content
    await say(server, raka, "Maaf baru balas: 2.3.1")
    await later(server, 10)
    assert await state(server) is TicketState.IN_PROGRESS

    await press_and_fill(server, budi, await desk_card(server), "Minta info", {"text": "Tipe HP?"})
    await later(server, 5.01)
    await server.restart()
    assert await state(server) is TicketState.CLOSED
    assert "belum ada jawaban" in (await thread_messages(server))[-1].content
    warned = [one for one in await thread_messages(server) if "masih menunggu" in one.content]
    assert len(warned) == 2
    assert raka.id in [user.id for user in (await thread_messages(server))[-1].mentions]
    told = news(server, raka)
    assert ["menunggu jawabanmu" in one for one in told] == [True, True, False]
    assert "belum ada jawaban" in told[-1] and "Buka thread" in buttons_of(server.dms(raka)[-1])

    # A reply within seven days reopens; later a new ticket is suggested.
    await later(server, 6)
    await say(server, raka, "Samsung A54")
    assert await state(server) is TicketState.REOPENED
    asked = await press(server, raka, await header(server), "Tutup tiket")
    await press(server, raka, message_of(asked), "Ya, tutup")
    await later(server, 7.5)
    await say(server, raka, "Halo, muncul lagi")
    assert await state(server) is TicketState.CLOSED
    hint = (await thread_messages(server))[-1]
    assert "Buat tiket baru" in text_of(hint)
    started = await raka.click(hint, label="Buka tiket baru")
    assert "Di tahap mana" in text_of(started)
    late = await press_again(server, raka, "tsc:ticket:reopen:1")
    assert "lebih dari 7 hari" in text_of(late) and "Buat tiket baru" in text_of(late)
    late = await press_again(server, budi, "tsc:ticket:reopen:1")
    assert "lebih dari 7 hari" in text_of(late) and "Minta kreatornya" in text_of(late)


async def test_thanks_alone_reopen_nothing_where_the_bot_may_read_them(server: Server) -> None:
    raka, _, budi = await crowd(server)
    await resolve(server, budi)
    kept = server.services.threads.by_discord_id(await thread_of(server))
    assert kept is not None
    talk, by = server.services.ticket_conversation, Speaker(Author.CREATOR, raka.id, "raka")
    await talk.message_in_thread(Actor(raka.id), kept, by, "Makasih kak, sudah bisa 🙏", 900)
    assert await state(server) is TicketState.RESOLVED
    assert not await talk.message_in_thread(Actor(raka.id), kept, by, "Makasih kak, sudah bisa 🙏", 900)
    await talk.message_in_thread(Actor(raka.id), kept, by, "Eh, rekening 1234567890 masih gagal", 901)
    await delivered(server)
    assert await state(server) is TicketState.REOPENED
    assert "••••7890" in (await entries(server))[-1].text
    assert [one for one in await thread_messages(server) if "disamarkan" in one.content]


async def test_two_tickets_of_one_creator_become_one(server: Server) -> None:
    raka, sari, _ = await crowd(server)
    await open_ticket(server, raka, "xyzzy lagi")
    maya = await server.join("maya")
    await open_ticket(server, maya, "xyzzy maya")
    refused = await sari.slash(server.channel("umum"), "tiket-admin gabung", tiket="#3", ke="#1")
    assert "kreator yang sama" in text_of(refused)
    done = await sari.slash(server.channel("umum"), "tiket-admin gabung", tiket="#2", ke="#1")
    await server.env.settle()
    assert "digabung ke #1" in text_of(done)
    merged = await ticket(server, 2)
    assert merged.state is TicketState.CLOSED and merged.merged_into == 1
    assert "xyzzy lagi" in text_of((await thread_messages(server, 1))[-1])
    assert "digabung ke tiket #1" in (await thread_messages(server, 2))[-1].content
    assert "Lanjutkan di sana" in text_of(await press_again(server, raka, "tsc:ticket:reopen:2"))
    assert raka.id in [user.id for user in (await thread_messages(server, 1))[-1].mentions]
    await say(server, raka, "Halo, ini bagaimana?", 2)
    answered = (await thread_messages(server, 2))[-1].content
    assert "sudah digabung ke tiket #1" in answered and str(await thread_of(server, 1)) in answered
    assert "7 hari" not in answered and (await ticket(server, 2)).state is TicketState.CLOSED
    assert await state(server) is TicketState.NEW and ODD in text_of(await header(server))


async def test_with_closed_dms_the_thread_alone_has_the_conclusion(server: Server) -> None:
    raka, _, budi = await crowd(server)
    server.close_dms()
    await resolve(server, budi)
    assert CONCLUSION in text_of((await thread_messages(server))[-1])
    assert [user.id for user in (await thread_messages(server))[-1].mentions] == [raka.id]
    assert not [one for one in server.messages("log-bot") if "tidak bisa" in text_of(one)]
    rated = await raka.click((await thread_messages(server))[-1], label="4 ⭐")
    assert rated.modal is not None


async def test_a_creator_who_leaves_is_not_written_to_and_their_tickets_close(server: Server) -> None:
    raka, _, budi = await crowd(server)
    await press(server, budi, await desk_card(server), "Ambil")
    server.guild.remove_member(raka)
    await server.env.settle()
    assert "keluar dari server" in server.last("it-piket").content
    assert (await entries(server))[-1].kind is EntryKind.CREATOR_LEFT
    quiet = len(server.messages("log-bot"))
    await later(server, 5.01)
    assert await state(server) is TicketState.CLOSED
    assert len(server.messages("log-bot")) == quiet and not news(server, raka)


async def test_a_thread_deleted_by_hand_is_made_anew_with_everything_that_matters(server: Server) -> None:
    raka, _, budi = await crowd(server)
    await press(server, budi, await desk_card(server), "Ambil")
    lost = await thread_of(server)
    thread = server.bot.get_channel(lost) or await server.bot.fetch_channel(lost)
    await thread.delete()
    await server.env.settle()
    assert await thread_of(server) != lost
    shown = await thread_messages(server)
    assert ODD in text_of(shown[0]) and "Thread sebelumnya terhapus" in shown[1].content
    assert "pengganti dibuat" in server.last("it-piket").content
    await resolve(server, budi)
    assert CONCLUSION in text_of((await thread_messages(server))[-1]) and raka.id


async def test_the_queue_shows_what_breaches_first_and_can_be_filtered(server: Server) -> None:
    raka, sari, budi = await crowd(server)
    await open_ticket(server, await server.join("maya"), "xyzzy uang plugh", stage=3)
    listed = await sari.slash(server.channel("umum"), "tiket-admin antrian")
    shown = text_of(listed)
    assert "2 tiket terbuka" in shown and shown.index("#2") < shown.index("#1")
    only = await sari.slash(server.channel("umum"), "tiket-admin antrian", tahap="other", prioritas="low")
    assert "1 tiket terbuka" in text_of(only) and "#2" not in text_of(only)
    card = await sari.select(message_of(listed), ["2"])
    assert "Penarikan" in text_of(card) and "Ambil" in buttons_of(message_of(card))
    none = await sari.slash(server.channel("umum"), "tiket-admin antrian", pemegang=budi)
    assert "Antrian kosong" in text_of(none) and raka.id


async def test_staff_change_what_a_form_asks(server: Server) -> None:
    sari, raka = await server.staff(), await server.join("raka")
    shown = await sari.slash(server.channel("umum"), "tiket-admin pertanyaan", tahap="other")
    form = await sari.click(message_of(shown), label="Tambah pertanyaan")
    added = await sari.submit_modal(
        form, {"label": "Pakai Wi-Fi apa?", "hint": "", "length": ["line"], "required": ["no"]}
    )
    assert "Pakai Wi-Fi apa?" in text_of(added)
    questions = await server.services.ticket_questions.of_stage((await open_ticket(server, raka)).stage)
    assert [one.label for one in questions][-1] == "Pakai Wi-Fi apa?"
    full = await sari.slash(server.channel("umum"), "tiket-admin pertanyaan", tahap="withdrawal")
    assert buttons_of(message_of(full)) == {"Sudah penuh (4 pertanyaan)": False}


async def test_staff_answer_from_its_channel_with_a_ready_made_answer(server: Server) -> None:
    _, sari, budi = await crowd(server)
    canned = await server.services.canned.add(
        Actor(sari.id), "Sapaan", "Halo {nama}, tiket {nomor} sedang kami cek.", None
    )
    answer = {"canned": [str(canned.id)], "text": "Tunggu sebentar, ya."}
    told = await press_and_fill(server, budi, await desk_card(server), "Balas", answer)
    assert "masuk ke thread" in text_of(told)
    said = text_of((await thread_messages(server))[-1])
    assert "Halo raka, tiket #1 sedang kami cek." in said and "Tunggu sebentar" in said and f"<@{budi.id}>" in said
    answered = await ticket(server)
    assert answered.first_response_at is not None and answered.assignee_id == budi.id
    empty = await press_and_fill(server, budi, await desk_card(server), "Balas", {"canned": [], "text": ""})
    assert "tulis isinya dulu" in text_of(empty)


async def test_the_creator_gets_a_transcript_and_staff_theirs(server: Server) -> None:
    raka, _, budi = await crowd(server)
    own = await raka.slash(server.channel("bantuan"), "tiket transkrip", nomor=1)
    assert own.ephemeral and [one.filename for one in message_of(own).attachments] == ["tiket-1.html"]
    await resolve(server, budi)
    asked = await budi.slash(server.channel("it-piket"), "tiket transkrip", nomor=1)
    assert [one.filename for one in message_of(asked).attachments] == ["tiket-1-staf.html"]
    theirs = await press(server, budi, await desk_card(server), "Transkrip")
    assert theirs.ephemeral and "termasuk catatan internal" in text_of(theirs)
    assert [one.filename for one in message_of(theirs).attachments] == ["tiket-1-staf.html"]


async def called(server: Server) -> list[int]:
    """Whom the newest message to the thread may ping; everybody else it names is not notified."""
    row = await server.services.database.read.fetch_one(
        "SELECT payload FROM outbox_message WHERE kind = 'thread_message' ORDER BY id DESC LIMIT 1"
    )
    assert row is not None
    return from_json(row["payload"]).ping_users


async def test_every_answer_calls_the_creator_but_not_twice_within_a_minute(server: Server) -> None:
    raka, _, budi = await crowd(server)

    async def reply(text: str) -> list[int]:
        await press_and_fill(server, budi, await desk_card(server), "Balas", {"text": text})
        assert text in text_of((await thread_messages(server))[-1])
        return await called(server)

    assert await reply("Kami cek dulu.") == [raka.id]
    assert await reply("Satu lagi.") == []
    await server.env.advance_time(61)
    assert await reply("Sudah ketemu.") == [raka.id]
    await server.env.advance_time(5)
    await say(server, raka, "Apa penyebabnya?")
    assert await reply("Cache.") == [raka.id]


async def test_it_hears_of_a_creators_reply_and_of_five_in_a_row_once(server: Server) -> None:
    raka, _, budi = await crowd(server)

    def replies() -> list[discord.Message]:
        return [one for one in server.messages("it-piket") if "Kreator membalas di tiket #1" in text_of(one)]

    await server.env.advance_time(5)
    for text in ("Halo?", "Masih gagal", "Sampai sekarang"):
        await say(server, raka, text)
    [told] = replies()
    assert [role.name for role in told.role_mentions] == ["IT Support"]
    await press(server, budi, await desk_card(server), "Ambil")
    await press_and_fill(server, budi, told, "Balas", {"text": "Kami cek dulu."})
    await server.env.advance_time(5)
    await say(server, raka, "Siap")
    assert [user.id for user in replies()[-1].mentions] == [budi.id] and len(replies()) == 2
    await server.env.advance_time(601)
    await say(server, raka, "Bagaimana?")
    assert len(replies()) == 3
    await server.restart()
    assert len(replies()) == 3


async def test_staff_enter_the_thread_before_they_act_and_others_do_not(server: Server) -> None:
    raka, sari, budi = await crowd(server)
    maya, thread = await server.join("maya"), await thread_of(server)

    def inside() -> set[int]:
        return set(server.env.backend.get_thread(thread).thread_members)

    assert not inside() & {sari.id, budi.id}
    for person in (sari, budi):
        shown = await press(server, person, await desk_card(server), "Buka thread")
        assert shown.ephemeral and "Ke thread" in buttons_of(message_of(shown))
    assert {sari.id, budi.id} <= inside() and (await ticket(server)).assignee_id is None
    refused = await press_again(server, maya, "tsc:ticket:enter:1")
    assert "pembuat tiketnya dan staf" in text_of(refused) and maya.id not in inside()
    own = await press_again(server, raka, "tsc:ticket:enter:1")
    assert "Ini thread tiket #1" in text_of(own)

    # After it closed as well, without bringing the thread back.
    tono = await server.staff("tono.it", "IT Support")
    await server.services.tickets.close_own(Actor(raka.id), "raka", 1)
    await delivered(server)
    await press(server, tono, await desk_card(server), "Buka thread")
    assert tono.id in inside() and (await ticket(server)).state is TicketState.CLOSED
    kept = server.services.threads.by_discord_id(thread)
    assert kept is not None and kept.archived
