"""What a row says: big words out of the Directive, the questions of a quiz out of the Caption, a title for lists."""

import re

from bot.content_calendar.models import Question
from bot.platform.drawing import clip
from bot.platform.text import one_line, tidy

MOST_QUESTIONS = 10
LONGEST_TITLE = 80
LONGEST_BIG_WORDS = 60

_QUOTED = re.compile(r"[\"“”«»]{1,2}([^\"“”«»]{1,200}?)[\"“”«»]{1,2}")
_MADE_BIG = re.compile(
    r"(?:tulisan(?:nya)?|teks(?:nya)?|kata)?\s*:?\s*([^,;.()\n]{2,80}?)\s*[,(]?\s*(?:tulisannya\s+)?di(?:bikin|buat)\s+(?:besar|gede)",
    re.IGNORECASE,
)
_LARGE = re.compile(r"\b(?:besar|gede|dominan|judul|headline)\b", re.IGNORECASE)
_PICTURE = re.compile(
    r"\b(?:foto|gambar|silhouette|siluet|insert|ilustrasi|screenshot|logo|video|meme|poster)\b", re.IGNORECASE
)
_QUESTION_HEAD = re.compile(
    r"^\s*(?:quiz|kuis|soal|pertanyaan)\s*(?:ke\s*-?\s*)?(\d{1,3})\s*[:.)–-]?\s*(.*)$", re.IGNORECASE
)
_ANSWER = re.compile(r"^\s*(?:kunci\s+)?jawab(?:an|annya)?\s*:\s*(.+)$|^\s*kunci\s*:\s*(.+)$", re.IGNORECASE)


def big_words(directive: str) -> str:
    """What is to be written large: the text in quotes, or what "dibikin besar" is said of. Empty for neither.

    A quoted name inside a sentence (Join "The Social Club" now) is no headline: quotes count when they come first, are
    in capitals, or the Directive speaks of size.
    """
    large = _LARGE.search(directive) is not None
    quoted = [
        text
        for match in _QUOTED.finditer(directive)
        if (text := one_line(match[1])) and (large or text.isupper() or not directive[: match.start()].strip())
    ]
    if quoted:
        shouted = [text for text in quoted if text.isupper()] or quoted
        return clip(max(shouted, key=len), LONGEST_BIG_WORDS)
    made = _MADE_BIG.search(directive)
    return clip(one_line(made[1]), LONGEST_BIG_WORDS) if made else ""


def wants_picture(directive: str) -> bool:
    """Whether the Directive asks for a picture that a person has to make."""
    return bool(_PICTURE.search(_QUOTED.sub("", directive)))


def questions(caption: str) -> tuple[str, tuple[Question, ...]]:
    """The text in front of the questions, and the questions: "Quiz 1 …" and so on, else the whole caption as one.

    A line "Jawaban: biru / pink" gives accepted answers and is not shown. Nothing for an empty caption.
    """
    intro: list[str] = []
    found: list[tuple[int, list[str], list[str]]] = []
    answers_alone: list[str] = []
    for line in tidy(caption).split("\n"):
        head = _QUESTION_HEAD.match(line)
        answer = _ANSWER.match(line)
        if head:
            found.append((int(head[1]), [head[2]] if head[2].strip() else [], []))
        elif answer:
            (found[-1][2] if found else answers_alone).extend(_answers(answer[1] or answer[2]))
        elif found:
            found[-1][1].append(line)
        else:
            intro.append(line)
    if not found:
        text = "\n".join(intro).strip()
        return "", (Question(1, text, tuple(answers_alone)),) if text else ()
    asked = [
        Question(number, "\n".join(lines).strip(), tuple(answers))
        for number, lines, answers in found
        if "\n".join(lines).strip()
    ]
    return "\n".join(intro).strip(), tuple(asked[:MOST_QUESTIONS])


def title_of(*texts: str) -> str:
    """A name for lists: the first line that says something, cut to fit."""
    for text in texts:
        line = one_line(text.strip().split("\n")[0]) if text.strip() else ""
        if line:
            return clip(line, LONGEST_TITLE)
    return "Tanpa judul"


def _answers(text: str) -> list[str]:
    return [one_line(part) for part in re.split(r"\s*[/|;]\s*", text) if part.strip()][:10]
