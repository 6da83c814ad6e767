"""Make the font files of this folder, and coverage.json, from a folder of the original fonts.

Run by hand when a font is added or renewed, never at run time (README.md says where the originals come from):

    python assets/fonts/subset_fonts.py FOLDER_OF_ORIGINALS
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables.ttProgram import Program

HERE = Path(__file__).resolve().parent
MATH_LETTERS = [*range(0x2100, 0x2150), *range(0x1D400, 0x1D800)]
TIBETAN_ORNAMENTS = [*range(0x0F00, 0x0F15), *range(0x0F3A, 0x0F3E), 0x0FD0, 0x0FD3, 0x0FD4]

WORD_SPACE = 225
EMOJI_GAP = 36

WHOLE = {
    "PlusJakartaSans-Medium": "PlusJakartaSans_500Medium.ttf",
    "PlusJakartaSans-Bold": "PlusJakartaSans_700Bold.ttf",
    "PlusJakartaSans-ExtraBold": "PlusJakartaSans_800ExtraBold.ttf",
    "NotoSans-Regular": "NotoSans-Regular.ttf",
    "NotoSans-Bold": "NotoSans-Bold.ttf",
    "NotoSansArabic-Regular": "NotoSansArabic-Regular.ttf",
    "NotoSansArabic-Bold": "NotoSansArabic-Bold.ttf",
    "NotoSansHebrew-Regular": "NotoSansHebrew-Regular.ttf",
    "NotoSansHebrew-Bold": "NotoSansHebrew-Bold.ttf",
    "NotoSansThai": "NotoSansThai-Bold.ttf",
    "NotoSansLao": "NotoSansLao-Bold.ttf",
    "NotoSansDevanagari": "NotoSansDevanagari-Bold.ttf",
    "NotoSansBengali": "NotoSansBengali-Bold.ttf",
    "NotoSansTamil": "NotoSansTamil-Bold.ttf",
    "NotoSansKannada": "NotoSansKannada-Bold.ttf",
    "NotoSansJavanese": "NotoSansJavanese-Bold.ttf",
    "NotoSansBalinese": "NotoSansBalinese-Bold.ttf",
    "NotoSansSundanese": "NotoSansSundanese-Bold.ttf",
    "NotoSansBuginese": "NotoSansBuginese-Regular.ttf",
    "NotoSansBatak": "NotoSansBatak-Regular.ttf",
    "NotoSansGeorgian": "NotoSansGeorgian-Bold.ttf",
    "NotoSansArmenian": "NotoSansArmenian-Bold.ttf",
    "NotoSansCherokee": "NotoSansCherokee-Bold.ttf",
    "NotoSansCanadianAboriginal": "NotoSansCanadianAboriginal-Bold.ttf",
    "NotoSansLisu": "NotoSansLisu-Regular.ttf",
    "NotoSansRunic": "NotoSansRunic-Regular.ttf",
    "NotoSansSymbols": "NotoSansSymbols-Bold.ttf",
    "NotoSansSymbols2": "NotoSansSymbols2-Regular.ttf",
    "TwemojiMozilla": "TwemojiMozilla.ttf",
}


def cjk_characters() -> set[int]:
    """Kana, common Hangul and common Han: the first levels of JIS X 0208, GB 2312 and KS X 1001, and their signs."""
    wanted = {*range(0x3000, 0x3100), *range(0x3130, 0x3190), *range(0x31F0, 0x3300), *range(0xFF01, 0xFFEF)}
    for codec, leads in (
        ("shift_jis", range(0x81, 0x99)),
        ("gb2312", range(0xA1, 0xD8)),
        ("euc_kr", range(0xA1, 0xCA)),
    ):
        for lead in leads:
            for trail in range(0x40, 0xFF):
                try:
                    wanted.add(ord(bytes([lead, trail]).decode(codec)))
                except (UnicodeDecodeError, TypeError):
                    continue
    return {code for code in wanted if code >= 0x2E80}


def subset(source: Path, target: Path, codes: set[int] | None, number: int = -1) -> set[int]:
    """Write `source` to `target` with the characters of `codes` (all of them for None); the characters kept."""
    font = TTFont(source, fontNumber=number)
    wanted = set(font.getBestCmap()) if codes is None else codes & set(font.getBestCmap())
    options = Options(
        layout_features=["*"], hinting=False, name_IDs=[0, 1, 2, 4, 5, 6, 13, 14], notdef_outline=True, legacy_kern=True
    )
    options.drop_tables += ["FFTM", "DSIG", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    if target.name.startswith("PlusJakarta"):
        # Drawn for headlines, its blank is so narrow that at text sizes words run together.
        for blank in (0x20, 0xA0):
            font["hmtx"][font.getBestCmap()[blank]] = (WORD_SPACE, 0)
    if "COLR" in font:
        box_colour_glyphs(font)
    if "glyf" in font:
        keep_outlines_as_drawn(font)
    font.save(target)
    return wanted


def keep_outlines_as_drawn(font: TTFont) -> None:
    """Switch hinting off in the font: FreeType would else hint it by itself and space large letters unevenly."""
    program = Program()
    # INSTCTRL selector 1 turns glyph programs off; ten bytes are past the seven that FreeType takes for "unhinted".
    program.fromAssembly(["PUSHW[ ]", "511", "SCANCTRL[ ]", "PUSHB[ ]", "1 1 4", "SCANTYPE[ ]", "INSTCTRL[ ]"])
    table = newTable("prep")
    table.program = program
    font["prep"] = table
    font["maxp"].maxStackElements = max(font["maxp"].maxStackElements, 16)


def box_colour_glyphs(font: TTFont) -> None:
    """Give each layered glyph its layers' bounding box as outline: Pillow paints nothing where it measures nothing.

    They also get a little room to the right, for emoji in a row would touch.
    """
    outlines = font["glyf"]
    for name, layers in font["COLR"].ColorLayers.items():
        parts = [outlines[layer.name] for layer in layers if outlines[layer.name].numberOfContours]
        if not parts or outlines[name].numberOfContours:
            continue
        left, right = min(part.xMin for part in parts), max(part.xMax for part in parts)
        bottom, top = min(part.yMin for part in parts), max(part.yMax for part in parts)
        pen = TTGlyphPen(None)
        pen.moveTo((left, bottom))
        for corner in ((left, top), (right, top), (right, bottom)):
            pen.lineTo(corner)
        pen.closePath()
        outlines[name] = pen.glyph()
        outlines[name].recalcBounds(outlines)
        font["hmtx"][name] = (font["hmtx"][name][0] + EMOJI_GAP, left)


def ranges(codes: set[int]) -> Iterator[tuple[int, int]]:
    """The codes as closed ranges, ascending."""
    ordered = sorted(codes)
    start = previous = ordered[0]
    for code in ordered[1:]:
        if code != previous + 1:
            yield start, previous
            start = code
        previous = code
    yield start, previous


def main(originals: Path) -> None:
    """Write every font and coverage.json ({file stem: [first, last, first, last, ...]})."""
    coverage: dict[str, list[int]] = {}
    jobs: list[tuple[str, str, set[int] | None, int]] = [(name, file, None, -1) for name, file in WHOLE.items()]
    jobs.append(("NotoSansMath", "NotoSansMath-Regular.ttf", set(MATH_LETTERS), -1))
    jobs.append(("NotoSerifTibetan", "NotoSerifTibetan-Regular.ttf", set(TIBETAN_ORNAMENTS), -1))
    jobs.append(("NotoSansCJK", "NotoSansCJK-Bold.ttc", cjk_characters(), 0))
    for name, file, codes, number in jobs:
        suffix = ".otf" if file.endswith(".ttc") else ".ttf"
        kept = subset(originals / file, HERE / f"{name}{suffix}", codes, number)
        coverage[name + suffix] = [edge for pair in ranges(kept) for edge in pair]
    (HERE / "coverage.json").write_text(json.dumps(coverage, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
