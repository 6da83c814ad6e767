"""Cards of every kind with ordinary and with hostile facts, for the tests and for the gallery."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from bot.campaigns.cards import ApplicantRow, ApplicantsCard, CampaignCard
from bot.creators.cards import ComparedCreator, ComparisonCard, CreatorCard, ImportSummaryCard
from bot.onboarding.cards import WelcomeCard
from bot.platform.palette import Tone
from bot.shortlists.cards import Criterion, ShortlistCard, ShortlistRow

Card = WelcomeCard | CampaignCard | ApplicantsCard | ShortlistCard | CreatorCard | ComparisonCard | ImportSummaryCard

LONG_NAME = "Raden Ajeng Kartika Sari Dewi Kusumawardhani Prawirodirdjo Notonegoro dari Yogyakarta"
ONE_WORD = "Superkalifragilistikekspialidosius" * 4
ESSAY = ("Kami mencari kreator yang suka kopi susu gula aren dan mau bercerita jujur. " * 60)[:4000]
HOSTILE = {
    "long": LONG_NAME,
    "one_word": ONE_WORD,
    "emoji": "Sari 🌸👩🏽‍💻✨ 🇮🇩❤️",
    "only_emoji": "🔥🔥🔥",
    "arabic": "منى العربية",
    "arabic_mixed": "Siti منى (12) 🌙 Jakarta",
    "hebrew": "דוד כהן",
    "cjk": "김민지 さくら 王小明",
    "fancy": "꧁ 𝓐𝓷𝓷𝓪 ꧂ ᴄʀᴇᴀᴛᴏʀ ★ Ⓐⓝⓘ",
    "javanese": "ꦱꦫꦶ ꦢꦺꦮꦶ",
    "essay": ESSAY,
    "control": "Ra\x00ni\x1b[31m \u202egnilap\u202c\r\n\tbaris\u2028dua",
    "zero_width": "\u200b\u200d\u2060Bu\u200bdi\ufeff\u3164",
    "invisible": "\u200b\u3164\u2800",
    "zalgo": "Z" + "\u0337\u0321\u0322\u031b\u0329\u0353" * 12 + "algo",
    "unassigned": "Dina \U000e0abc\ue000\uf8ff\U0010fffd",
    "lone_surrogate": "Tia \ud83d ok",
    "mention": "@everyone <@123456789012345678> **tebal** ||rahasia||",
    "empty": "",
}


def photograph(width: int = 1600, height: int = 1200, kind: str = "JPEG") -> bytes:
    """A picture with colours, edges and noise, as a phone or a brand would send."""
    random = Random(7)
    small = Image.new("RGB", (64, 48))
    small.putdata([(200 + random.randrange(50), 120 + x % 64, 60 + random.randrange(120)) for x in range(64 * 48)])
    picture = small.resize((width, height), Image.Resampling.BICUBIC)
    brush = ImageDraw.Draw(picture)
    brush.ellipse((width * 0.3, height * 0.15, width * 0.7, height * 0.85), fill=(90, 50, 30))
    brush.ellipse((width * 0.36, height * 0.22, width * 0.64, height * 0.6), fill=(235, 205, 160))
    target = BytesIO()
    picture.save(target, kind)
    return target.getvalue()


def noise(side: int = 1000) -> bytes:
    """The picture that compresses worst."""
    target = BytesIO()
    Image.frombytes("RGB", (side, side), Random(3).randbytes(side * side * 3)).save(target, "PNG")
    return target.getvalue()


WELCOME = WelcomeCard("Sari Dewi", 1284, None, "TSCreator")
CAMPAIGN = CampaignCard(
    title="Ramadan Bareng Kopi Nusa",
    brand="Kopi Nusa",
    summary="Ceritakan momen sahur atau bukamu bareng Kopi Nusa dalam satu video TikTok 30 sampai 60 detik.",
    slots=12,
    fee_text="Rp 750.000",
    deadline_text="20 Maret 2026, 18.00 WIB",
    requirements=("TikTok", "Min. 10 rb pengikut", "Kuliner", "Jabodetabek", "Usia 18+"),
)
NAMES = (
    ("Sari Dewi", "saridewi.eats", 54_700, Decimal("0.0421"), 87, "Diterima", Tone.GOOD),
    ("Budi Santoso", "budisantoso_", 128_300, Decimal("0.0290"), 74, "Baru", Tone.INFO),
    ("Maya", "mayamakan", 1_240_000, Decimal("0.0158"), 71, "Cadangan", Tone.WARN),
    ("Rizky Pratama Putra", "rizky.pp", 9_870, Decimal("0.0834"), 66, "Baru", Tone.INFO),
    ("Ni Luh Ayu Lestari", "ayulestari", 32_150, Decimal("0.0505"), 61, "Baru", Tone.INFO),
    ("Yohanes", "yohanes.kopi", 15_600, Decimal("0.0337"), 58, "Baru", Tone.INFO),
    ("Putri Anggraini", "putrianggr", 77_000, Decimal("0.0204"), 45, "Ditolak", Tone.BAD),
    ("Dimas", "dimasfoodie", 21_400, Decimal("0.0063"), 38, "Baru", Tone.INFO),
    ("Citra Kirana", "citrakirana88", 410_200, Decimal("0.3629"), 30, "Ditarik", Tone.NEUTRAL),
    ("Agus Wijaya", "aguswjy", None, None, None, "Baru", Tone.INFO),
)
REASONS = (
    "Aku sering bikin konten kopi dan punya penonton ibu muda di Bekasi.",
    "",
    "Sudah tiga kali kerja sama dengan merek minuman, videoku selalu tayang tepat waktu dan rapi.",
)
APPLICANTS = ApplicantsCard(
    campaign="Ramadan Bareng Kopi Nusa",
    rows=tuple(
        ApplicantRow(name, user, "TikTok", followers, er, score, status, REASONS[index % 3], tone)
        for index, (name, user, followers, er, score, status, tone) in enumerate(NAMES)
    ),
    total=34,
)
CRITERIA = (
    Criterion("Kecocokan niche", 30),
    Criterion("ER", 25),
    Criterion("Pengikut", 20),
    Criterion("Lokasi", 10),
    Criterion("Rekam jejak", 15),
)
FLAGS = (("ER di atas 30%",), (), ("Komentar hampir nol", "Tayangan 20x pengikut", "Metrik kurang"))
SHARES = (
    (1, 0.9, 0.7, 1, 0.8),
    (0.6, 1, 0.95, 0.5, 1),
    (1, 0.4, 1, 0, 0.9),
    (0.8, 0.8, 0.4, 1, 0.6),
    (0.7, 0.9, 0.5, 0.5, 0.6),
    (0.9, 0.6, 0.4, 0.4, 0.5),
    (0.5, 0.5, 0.8, 0.5, 0.5),
    (0.6, 0.2, 0.5, 0.8, 0.4),
    (0.4, 0.1, 1, 0.3, 0.3),
    (0.4, 0, 0, 1, 0),
)


def _shortlisted() -> Iterator[ShortlistRow]:
    for index, ((name, user, followers, er, *_), shares) in enumerate(zip(NAMES, SHARES, strict=True)):
        points = tuple(round(c.weight * share, 1) for c, share in zip(CRITERIA, shares, strict=True))
        flags = FLAGS[(index + 1) % 3] if index % 2 else ()
        yield ShortlistRow(name, user, "TikTok", followers, er, points, sum(points), flags, index == 0)


SHORTLIST = ShortlistCard("Ramadan Bareng Kopi Nusa", CRITERIA, tuple(_shortlisted()), total=10)
ALL_WEIGHTS = (
    ("Niche", 19),
    ("Followers", 7),
    ("ER", 23),
    ("Jangkauan views", 7),
    ("Tipe konten", 7),
    ("Affiliate", 4),
    ("Wilayah", 7),
    ("Usia", 5),
    ("Rekam jejak", 9),
    ("Harga per view", 5),
    ("Angka wajar", 7),
)
EVERY_CRITERION = replace(
    SHORTLIST,
    criteria=tuple(Criterion(name, weight) for name, weight in ALL_WEIGHTS),
    rows=tuple(
        replace(row, points=points, total=sum(points))
        for index, row in enumerate(SHORTLIST.rows[:8])
        for points in [tuple(float(weight * (10 - (index + n) % 6) // 10) for n, (_, weight) in enumerate(ALL_WEIGHTS))]
    ),
    total=8,
)
CREATOR = CreatorCard(
    name="Sari Dewi",
    username="saridewi.eats",
    platform="TikTok",
    tier="Mikro",
    niches=("Kuliner", "Gaya hidup", "Ibu & anak"),
    followers=54_700,
    average_views=112_400,
    average_likes=2_140,
    average_comments=163,
    er=Decimal("0.0421"),
    er_by_views=Decimal("0.0205"),
    er_reported=Decimal("0.042"),
    flags=("Tayangan rata-rata 21x pengikut, di atas batas wajar 20x.",),
    history=(41_200, 42_800, 42_500, 46_900, 51_000, 54_700),
    history_label="6 bulan",
)
COMPARED = ComparedCreator(
    name="saridewi.eats",
    platform="TikTok",
    tier="Mid",
    niches="Kuliner, Gaya hidup",
    content_type="B (Good Creator)",
    region="Bandung, Jawa Barat",
    followers=154_700,
    average_views=112_400,
    average_likes=2_140,
    average_comments=163,
    average_shares=40,
    er=Decimal("0.0149"),
    er_by_views=Decimal("0.0205"),
    campaigns=2,
    history=(141_200, 142_800, 154_700),
)
NOBODY = ComparedCreator("", "", "", "", "", "", None, None, None, None, None, None, None, 0)
IMPORT = ImportSummaryCard(
    file_name="kol_instagram_maret.xlsx",
    new=148,
    changed=23,
    same=61,
    rejected=7,
    anomalies=(
        "@citrakirana88: ER 36,3% di atas 30%.",
        "@dimasfoodie: komentar hampir nol padahal suka tinggi.",
        "@mayamakan: ER di lembar 1,58%, hasil hitung 1,59%.",
    ),
)


def ordinary() -> Iterator[tuple[str, Card]]:
    """Every kind of card as it will mostly be, with and without pictures and rows."""
    yield "welcome", WELCOME
    yield "welcome_avatar", replace(WELCOME, avatar=photograph(512, 512, "WEBP"))
    yield "campaign", CAMPAIGN
    yield "campaign_photo", replace(CAMPAIGN, product_image=photograph())
    yield "campaign_bare", CampaignCard("", "", "", 0, "", "")
    yield "campaign_barter", replace(CAMPAIGN, fee_text="Barter produk senilai Rp 350.000", requirements=())
    yield "applicants_10", APPLICANTS
    yield "applicants_1", replace(APPLICANTS, rows=APPLICANTS.rows[:1], total=1)
    yield "applicants_0", replace(APPLICANTS, rows=(), total=0)
    yield "shortlist_10", SHORTLIST
    yield "shortlist_1", replace(SHORTLIST, rows=SHORTLIST.rows[:1], total=1)
    yield "shortlist_0", replace(SHORTLIST, rows=(), total=0)
    yield "shortlist_11_criteria", EVERY_CRITERION
    yield "shortlist_page_2", replace(SHORTLIST, rows=SHORTLIST.rows[:3], total=103, first=101)
    yield "creator", CREATOR
    yield "creator_plain", replace(CREATOR, history=(), flags=(), er_reported=None)
    unknown = replace(CREATOR, followers=None, average_views=None, average_likes=None, average_comments=None)
    yield "creator_unknown", replace(unknown, er=None, er_by_views=None, history=(0, 0), niches=(), tier="")
    yield "creator_campaigns", replace(CREATOR, campaigns=(("Serum Pagi", "Diterima"),) * 6, labels=("hijab",) * 9)
    yield "creator_barred", replace(CREATOR, campaigns=(), barred="Menerima fee lalu tidak posting", flags=())
    for count in (2, 3, 4):
        others = (COMPARED, replace(COMPARED, name="raden.ajeng.kartika_sari", er=None, history=()), NOBODY)
        yield f"comparison_{count}", ComparisonCard((COMPARED, *others)[:count])
    yield "import_preview", IMPORT
    yield "import_saved", replace(IMPORT, saved=True, anomalies=())
    yield "import_nothing", ImportSummaryCard("kosong.csv", 0, 0, 0, 0)


def hostile() -> Iterator[tuple[str, Card]]:
    """Every kind of card with each of the hostile texts in every text field."""
    for name, text in HOSTILE.items():
        yield f"welcome_{name}", WelcomeCard(text, 10**9, None, text)
        yield f"campaign_{name}", CampaignCard(text, text, text, 10**9, text, text, (text,) * 12)
        rows = [ApplicantRow(text, text, text, 10**12, Decimal("123.45678"), 100, text, text, Tone.BAD)] * 3
        yield f"applicants_{name}", ApplicantsCard(text, (*rows, *APPLICANTS.rows[:2]), 10**9)
        criteria = (*(Criterion(text, 12.5) for _ in range(8)), Criterion(text, 0))
        many = ShortlistRow(text, text, text, 10**12, Decimal("123.45678"), (12.5,) * 9, 100, (text,) * 5, True)
        yield f"shortlist_{name}", ShortlistCard(text, criteria, (many, many), 10**9, 999_999)
        big = CreatorCard(text, text, text, text, (text,) * 9, 10**12, 10**12, 10**12, 10**12, Decimal("123.45678"))
        big = replace(big, flags=(text,) * 9, history=(1, 10**12), history_label=text, barred=text, labels=(text,) * 9)
        yield f"creator_{name}", replace(big, campaigns=((text, text),) * 9)
        column = replace(COMPARED, name=text, platform=text, tier=text, niches=text, content_type=text, region=text)
        column = replace(column, followers=10**12, er=Decimal("123.45678"), campaigns=10**9, warning=text)
        yield f"comparison_{name}", ComparisonCard((column, COMPARED, column, column))
        yield f"import_{name}", ImportSummaryCard(text, 10**9, 10**9, 10**9, 10**9, (text,) * 9)


def strange() -> Iterator[tuple[str, Card]]:
    """Figures and files that should not occur, and do."""
    yield "welcome_broken_avatar", replace(WELCOME, avatar=b"\x89PNG\r\n\x1a\nno picture at all")
    yield "welcome_cut_avatar", replace(WELCOME, avatar=photograph(256, 256, "PNG")[:900])
    yield "welcome_zero", replace(WELCOME, member_number=0)
    yield "campaign_noise", replace(CAMPAIGN, product_image=noise())
    yield "campaign_thin_photo", replace(CAMPAIGN, product_image=photograph(3000, 3, "PNG"))
    off = replace(SHORTLIST.rows[0], points=(-5.0, 900.0), total=-3)
    yield "shortlist_bad_points", replace(SHORTLIST, rows=(off, replace(off, points=())))
    yield "shortlist_no_criteria", replace(SHORTLIST, criteria=())
    yield "shortlist_no_weights", replace(SHORTLIST, criteria=(Criterion("Nol", 0), Criterion("Minus", -4)))
    yield "applicants_40_rows", replace(APPLICANTS, rows=APPLICANTS.rows * 4, total=40)
    yield "creator_losing", replace(CREATOR, history=(90_000, 80_000, 85_000, 12))
