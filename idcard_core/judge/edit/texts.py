"""What free texts give away: comments, captions, PNG texts, and the settings that generators leave there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from idcard_core.judge.edit.claims import Claim, Source, as_written

SEARCHED_CHARACTERS = 64 * 1024

_PROGRAM_KEYWORDS = frozenset({"software", "creator", "creator tool", "generator", "application", "program"})
"""PNG keywords whose text is a program's name; the first is the specification's."""
_LEAD = re.compile(
    r"\s*(?:this (?:file|image|picture) was )?"
    r"(?:(?:file )?written|created|made|edited|processed|generated|saved|produced|exported|designed)"
    r" (?:with|by|in|using|from) (?:the )?",
    re.IGNORECASE,
)
"""How programs sign: "Created with GIMP", "File written by Adobe Photoshop", "Processed with VSCO with a6 preset"."""
_DIFFUSION = re.compile(r"\bSteps: \d{1,6}, Sampler: [^,\n]{1,64}, ")
"""Written by the Stable Diffusion web UI and those that follow it, after the prompt."""
_COMFY = re.compile(r'"class_type"\s*:\s*"(?:KSampler|CheckpointLoader|SaveImage|VAEDecode)')
_BYTEDANCE = re.compile(r'"product"\s*:\s*"(retouch|hypic|vicut|lv)"')
"""Retouching (醒图, Hypic) and cutting programs (剪映, CapCut) of ByteDance sign with JSON that holds these words and a
``source_type``. The same JSON without a product comes from other apps of theirs and tells no edit."""
_MIDJOURNEY = re.compile(r"\bJob ID: [0-9a-f]{8}-[0-9a-f]{4}-")
_PRODUCER_CODE = re.compile(r"(?=[A-Z]*\d)[0-9A-Z]{10,}")
"""A service's registered code in place of its name, as the standard has it; it does not tell by itself what it is."""
_GENERATOR_KEYWORDS = {
    "invokeai_metadata": "InvokeAI",
    "sd-metadata": "InvokeAI",
    "fooocus_scheme": "Fooocus",
    "dream": "Stable Diffusion",
}
"""PNG keywords that only generators of pictures write."""


def of_text(keyword: str, text: str) -> Iterator[Claim]:
    """The claims of a PNG text."""
    word = keyword.lower().strip()
    if word in _PROGRAM_KEYWORDS:
        yield Claim(Source.TEXT, as_written(text))
        return
    if word in _GENERATOR_KEYWORDS:
        yield Claim(Source.TEXT, _GENERATOR_KEYWORDS[word], certain=True)
    if word == "aigc" and (producer := aigc_producer(text)):
        yield Claim(Source.TEXT, producer, certain=True)
    yield from of_words(text, Source.TEXT, caption=word != "comment")


def of_words(text: str, source: Source, *, caption: bool = False) -> Iterator[Claim]:
    """The claims of a free text: a program's signature at its beginning, or a generator's settings.

    A text that speaks of a program in the middle of a sentence is none; nor is a ``caption``, which people write, that
    begins with a program's name.
    """
    text = text[:SEARCHED_CHARACTERS]
    lead = _LEAD.match(text)
    if lead is not None or not caption:
        yield Claim(source, as_written(text[lead.end() if lead else 0 :]))
    if _DIFFUSION.search(text):
        yield Claim(source, "Stable Diffusion", certain=True)
    if _COMFY.search(text):
        yield Claim(source, "ComfyUI", certain=True)
    if _MIDJOURNEY.search(text):
        yield Claim(source, "Midjourney", certain=True)
    if '"source_type"' in text and (product := _BYTEDANCE.search(text)) is not None:
        yield Claim(source, product[1], certain=True)
    if '"AIGC"' in text and (producer := aigc_producer(text)):
        yield Claim(source, producer, certain=True)


def aigc_producer(text: str) -> str:
    """Who made a picture according to its label (GB 45438-2025, annex E); empty when it is not labelled as generated.

    Label "1" says that the picture is generated; "2" and "3", that someone who passed it on thinks so.
    """
    try:
        label = json.loads(text[:SEARCHED_CHARACTERS])
    except (ValueError, RecursionError):
        return ""
    if isinstance(label, dict) and isinstance(label.get("AIGC"), dict):
        label = label["AIGC"]
    if not isinstance(label, dict) or str(label.get("Label")) != "1":
        return ""
    producer = label.get("ContentProducer")
    name = as_written(producer) if isinstance(producer, str) else ""
    return f"AIGC {name}".rstrip() if not name or _PRODUCER_CODE.fullmatch(name) else name
