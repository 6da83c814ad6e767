"""What people of the TSCreator server do in the rounds: creators from joining to applying, staff at their desk."""

from collections.abc import Iterator

from tests.faults.rounds import Fact, Rounds
from tests.loopback.driver import Answer, User
from tests.loopback.wire import Json, walk_components
from tests.support.live import PITCH, REWARD, basics, custom_ids
from tests.support.registering import ABOUT, AVERAGES

APPLIED, WITHDRAWN = "Lamaranmu terkirim", "sudah dibatalkan. Lihat yang lain"


async def creator(rounds: Rounds, person: User, *, known: bool) -> None:
    """Join, accept the rules, register (or claim an account that is `known`), apply here and there, or take it back."""
    live, chance = rounds.live, rounds.chance
    await rounds.moment()
    person.join()
    while not (welcome := [post for post in live.posts("selamat-datang") if person.mention in post["content"]]):
        await rounds.moment()
    rules = await rounds.act(lambda: person.press(welcome[0], custom_id="tsc:onboarding:rules"))
    await rounds.act(
        lambda: person.press(rules, custom_id="tsc:onboarding:accept_rules"),
        _audited("Makasih sudah setuju", "rules.accepted", person),
        times=chance.choice((1, 1, 2)),
    )
    await _register(rounds, person, "buktikan akunmu" if known else "Kamu resmi jadi kreator TSC")
    while "Kreator" not in person.roles:
        await rounds.moment()
    for post in list(live.posts("kampanye")):
        if chance.random() < 0.7:
            await _apply(rounds, person, post)


async def _register(rounds: Rounds, person: User, outcome: str) -> None:
    shown = await rounds.act(lambda: person.slash("daftar", rounds.live.channel("bantuan")))
    form = await rounds.act(lambda: person.press(shown, label="Setuju & mulai"), _draft(person, "Usia"))
    shown = await rounds.act(lambda: person.submit(form, ABOUT), _draft(person, "Langkah 2 dari 3", 2))
    form = await rounds.act(lambda: person.press(shown, label="Isi akun"))
    account = {"platform": ["tiktok"], "username": person.name, "followers": "12,4rb", "niches": ["beauty"]}
    shown = await rounds.act(lambda: person.submit(form, account), _draft(person, "Langkah 3 dari 3", 3))
    form = await rounds.act(lambda: person.press(shown, label="Isi rata-rata"))
    shown = await rounds.act(lambda: person.submit(form, AVERAGES), _draft(person, "Cek dulu, sudah benar?", 4))
    while "Cek dulu" in shown.text:
        # A step that was kept but not answered has been sent twice; the summary is then shown anew.
        shown = await rounds.act(
            lambda summary=shown: person.press(summary, label="Kirim"),
            Fact(
                outcome,
                "SELECT count(*) FROM registration WHERE member_id = :member",
                {"member": person.id},
            ),
            times=rounds.chance.choice((1, 2)),
        )
    assert outcome in shown.text or "sudah terdaftar atas namamu" in shown.text, shown


async def _apply(rounds: Rounds, person: User, post: Json) -> None:
    campaign = next(one for one in custom_ids(post) if one.startswith("tsc:campaign:details:")).rpartition(":")[2]
    at = {"campaign": int(campaign), "member": person.id}
    step = "SELECT count(*) FROM application_step JOIN application ON id = application_id WHERE campaign_id = :campaign"
    shown = await rounds.act(lambda: person.press(post, custom_id=f"tsc:campaign:apply:{campaign}"))
    if shown.kind == "modal":
        form = shown
        shown = await rounds.act(
            lambda: person.submit(form, {"pitch": PITCH}),
            Fact(APPLIED, f"{step} AND member_id = :member AND application_step.state = 'waiting'", at),
            times=rounds.chance.choice((1, 2)),
        )
    assert APPLIED in shown.text or "Kamu sudah melamar" in shown.text, shown
    if rounds.chance.random() < 0.7:
        return
    # "Lamaranmu terkirim" may never have been seen, so the way back is looked for where it is always found.
    detail = await rounds.act(lambda: person.slash("kampanye detail", None, 5.0, judul=f"#{campaign}"))
    if "Batalkan lamaran" not in detail.text:
        return
    asked = await rounds.act(lambda: person.press(detail, label="Batalkan lamaran"))
    if "Ya, batalkan lamaran" not in asked.text:
        return
    taken_back = Fact(WITHDRAWN, f"{step} AND member_id = :member AND application_step.state = 'withdrawn'", at)
    await rounds.act(lambda: person.press(asked, label="Ya, batalkan lamaran"), taken_back)


async def decider(rounds: Rounds, staff: User) -> None:
    """Open applicants and decide on them, for ever."""
    while True:
        campaigns = rounds.live.rows("SELECT id FROM campaign WHERE state = 'open'")
        campaign = rounds.chance.choice(campaigns)["id"]
        listed = await rounds.act(
            lambda number=campaign: staff.slash("kampanye-admin pelamar", None, 5.0, judul=f"#{number}")
        )
        applicants = list(_offered(listed, "tsc:campaign:applicant"))
        if not applicants:
            continue
        chosen = rounds.chance.choice(applicants)
        detail = await rounds.act(
            lambda shown=listed, one=chosen: staff.select(shown, [one], custom_id="tsc:campaign:applicant")
        )
        buttons = [one for one in _pressable(detail) if one["label"] in ("Terima", "Cadangan", "Tolak")]
        if buttons:
            await _decide(rounds, staff, detail, rounds.chance.choice(buttons), int(chosen))


async def _decide(rounds: Rounds, staff: User, detail: Answer, button: Json, application: int) -> None:
    opened = await rounds.act(lambda: staff.press(detail, custom_id=button["custom_id"]))
    if opened.kind != "modal":
        return
    state = {"Terima": "accepted", "Cadangan": "reserved", "Tolak": "declined"}[button["label"]]
    told = Fact(
        "Kreator sedang dikabari",
        "SELECT count(*) FROM application_step JOIN outbox_message ON dedupe_key = :key"
        " WHERE application_id = :application AND application_step.state = :state",
        {"key": f"application:{application}:{state}", "application": application, "state": state},
    )
    times = rounds.chance.choice((1, 2))
    await rounds.act(lambda: staff.submit(opened, {"reason": "Slotnya terbatas."}), told, times=times)


async def planner(rounds: Rounds, staff: User) -> None:
    """Write campaigns and announce them, for ever; a draft whose answer was lost is found in the list again."""
    number = 0
    while True:
        number += 1
        title = f"Kampanye {staff.id}-{number}"
        panel = await _draft_of(rounds, staff, title)
        opened = await rounds.act(lambda shown=panel: staff.press(shown, custom_id=_one(shown, "tsc:campaign:reward:")))
        panel = await rounds.act(lambda form=opened: staff.submit(form, REWARD))
        await rounds.act(
            lambda shown=panel: staff.press(shown, label="Umumkan"),
            Fact(
                f"Diumumkan: {title}",
                "SELECT count(*) FROM campaign JOIN outbox_message ON announcement_id = outbox_message.id"
                " WHERE title = :title AND campaign.state = 'open'",
                {"title": title},
            ),
            times=rounds.chance.choice((1, 2)),
        )


async def _draft_of(rounds: Rounds, staff: User, title: str) -> Answer:
    form = await rounds.act(lambda: staff.slash("kampanye-admin buat"))
    while True:
        # Each sending of this form makes a draft: who got no answer looks for it in the list before sending it again.
        panel = await rounds.once(lambda: staff.submit(form, basics(title)))
        if panel.kind == "message":
            return panel
        listed = await rounds.act(lambda: staff.slash("kampanye-admin daftar"))
        found = [value for label, value in _options(listed, "tsc:campaign:manage") if label == title]
        if found:
            return await rounds.act(
                lambda shown=listed, draft=found: staff.select(shown, draft, custom_id="tsc:campaign:manage")
            )


async def approver(rounds: Rounds, staff: User) -> None:
    """Approve claims from their messages in the staff channel, for ever."""
    approved: set[str] = set()
    while True:
        open_claims = [
            (post, one)
            for post in rounds.live.posts("staf-kol")
            for one in custom_ids(post)
            if one.startswith("tsc:registration:approve:") and one not in approved
        ]
        if not open_claims:
            await rounds.moment()
            continue
        post, button = rounds.chance.choice(open_claims)
        number = int(button.rpartition(":")[2])
        await rounds.act(
            lambda claim=post, pressed=button: staff.press(claim, custom_id=pressed),
            Fact(
                "Disetujui.",
                "SELECT count(*) FROM registration JOIN creator ON creator.id = creator_id"
                " WHERE registration.id = :id AND state = 'approved' AND creator.member_id = registration.member_id",
                {"id": number},
            ),
        )
        approved.add(button)


def _audited(said: str, action: str, person: User) -> Fact:
    sql = "SELECT count(*) FROM audit_entry WHERE action = :action AND subject_id = :id"
    return Fact(said, sql, {"action": action, "id": person.id})


def _draft(person: User, said: str, revision: int = 1) -> Fact:
    # A draft ends as the registration that is sent, so the fact holds for ever.
    return Fact(
        said,
        "SELECT count(*) FROM (SELECT member_id FROM registration_draft WHERE revision >= :revision"
        " UNION SELECT member_id FROM registration) WHERE member_id = :member",
        {"revision": revision, "member": person.id},
    )


def _pressable(answer: Answer) -> Iterator[Json]:
    return (part for part in walk_components(answer.components) if part["type"] == 2 and not part.get("disabled"))


def _options(answer: Answer, custom_id: str) -> Iterator[tuple[str, str]]:
    for part in walk_components(answer.components):
        if part.get("custom_id") == custom_id:
            yield from ((option["label"], option["value"]) for option in part["options"])


def _offered(answer: Answer, custom_id: str) -> Iterator[str]:
    return (value for _, value in _options(answer, custom_id))


def _one(answer: Answer, prefix: str) -> str:
    return next(part["custom_id"] for part in _pressable(answer) if part.get("custom_id", "").startswith(prefix))
