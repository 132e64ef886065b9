"""What a screen shows about a card's picture: chats, galleries, document viewers, browsers, calls, desktops."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.card import Points
from idcard_core.specimen.brush import Colour, Paint, between, chance, floats, hsv, pick, scaled
from idcard_core.specimen.fonts import FontFace, Style, choose_face
from idcard_core.specimen.snapshot.noise import Pen, pixels
from idcard_core.specimen.snapshot.papers import sentence, write_column
from idcard_core.specimen.snapshot.source import Source


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A display's picture (its own pixels, display-coded BGR), the card's quad on it, and the interface's name."""

    picture: Paint
    quad: Points
    name: str


def draw_interface(rng: np.random.Generator, size: tuple[int, int], source: Source, whole: bool) -> Shown:
    """An interface of ``size`` (width, height) pixels with the source in it, at times (if ``whole``) alone."""
    wide, tall = size
    upright = tall > wide
    name = pick(rng, ["chat", "gallery", "viewer", "browser", "call", "whole"], [3, 4, 2, 2, 1, 2 * whole])
    dark = chance(rng, 0.4)
    ground = hsv(between(rng, 0, 1), between(rng, 0, 0.08), between(rng, 0.02, 0.2) if dark else between(rng, 0.86, 1))
    pen = Pen(np.broadcast_to(floats(ground), (tall, wide, 3)).copy())
    em = wide / between(rng, 20, 28) if upright else tall / between(rng, 32, 48)
    ink: Colour = (0.92,) * 3 if dark else (0.12,) * 3
    face = choose_face(rng, (Style.SANS,))
    if name != "whole":
        _bars(rng, pen, size, (face, em, ink))
    box = _box(rng, name, size, em)
    if name == "chat":
        _bubbles(rng, pen, size, (face, em, ink), box)
    elif name == "gallery":
        for n in range(int(wide / (2.4 * em)) + 1):
            fill = tuple(int(v) for v in rng.integers(20, 235, 3))
            pen.draw.rectangle((n * 2.4 * em, tall - 5 * em, n * 2.4 * em + 2.2 * em, tall - 2.8 * em), fill=fill)
    elif name == "viewer":
        edge = em * between(rng, 0.5, 2)
        pen.draw.rectangle((box[0] - edge, 2.5 * em, box[2] + edge, tall - 2 * em), fill=(250, 250, 250))
        write_column(rng, pen, (box[0], 3 * em, box[2], box[1] - em), em * 0.8, (0.1,) * 3)
        write_column(rng, pen, (box[0], box[3] + em, box[2], tall - 3 * em), em * 0.8, (0.1,) * 3)
    elif name == "browser":
        pen.write((box[0], box[1] - 1.6 * em), pick(rng, ["请上传身份证照片", "证件预览", "图片详情"]), (face, em, ink))
        blue = tuple(int(v) for v in rng.integers(30, 230, 3))
        pen.draw.rounded_rectangle((box[0], box[3] + em, box[0] + 8 * em, box[3] + 3 * em), em * 0.4, fill=blue)
        pen.write(
            (box[0] + 2.5 * em, box[3] + 1.3 * em), pick(rng, ["提交", "下一步", "重新上传"]), (face, em, (1, 1, 1))
        )
    elif name == "call":
        pen.draw.rectangle((wide * 0.72, tall * 0.06, wide * 0.97, tall * 0.25), fill=(70, 90, 110))
        for n, fill in enumerate(((220, 60, 50), (90, 90, 90), (90, 90, 90))):
            x, y = wide * (0.3 + 0.2 * n), tall - 3 * em
            pen.draw.ellipse((x - em, y - em, x + em, y + em), fill=fill)
    canvas = pen.done()
    quad = _insert(rng, canvas, box, source)
    if not upright and chance(rng, 0.35):
        _cursor(rng, canvas, em)
    return Shown(canvas, quad, name)


def _bars(rng: np.random.Generator, pen: Pen, size: tuple[int, int], look: tuple[FontFace, float, Colour]) -> None:
    """The bars above and below: clock, battery, title, buttons; on a desktop also a task bar."""
    (wide, tall), (face, em, ink) = size, look
    tint = tuple(int(v) for v in rng.integers(30, 240, 3)) if chance(rng, 0.3) else None
    pen.draw.rectangle((0, 0, wide, 2.3 * em), fill=tint or tuple(int(v * 235) for v in ink[::-1]) if tint else None)
    pen.write((0.8 * em, 0.2 * em), f"{rng.integers(0, 24):02d}:{rng.integers(0, 60):02d}", (face, em * 0.7, ink))
    pen.draw.rectangle(
        (wide - 2.6 * em, 0.35 * em, wide - 1.2 * em, 0.95 * em), outline=tuple(int(v * 255) for v in ink)
    )
    pen.write((wide * 0.3, 0.9 * em), sentence(rng, int(rng.integers(2, 9))), (face, em, ink))
    pen.write((0.6 * em, 0.9 * em), pick(rng, ["‹", "<", "×", "返回"]), (face, em * 1.1, ink))
    step = wide / int(rng.integers(3, 8))
    for n in range(int(wide / step)):
        x, y = (n + 0.5) * step, tall - 1.3 * em
        if chance(rng, 0.5):
            pen.draw.rounded_rectangle(
                (x - 0.5 * em, y - 0.5 * em, x + 0.5 * em, y + 0.5 * em),
                0.2 * em,
                outline=tuple(int(v * 255) for v in ink),
                width=max(1, int(em / 12)),
            )
        else:
            pen.write(
                (x - em, y - 0.4 * em),
                pick(rng, ["分享", "收藏", "编辑", "删除", "更多", "发送"]),
                (face, em * 0.75, ink),
            )


def _box(rng: np.random.Generator, name: str, size: tuple[int, int], em: float) -> tuple[float, float, float, float]:
    """Where the picture goes: left, top, right, bottom."""
    wide, tall = size
    if name == "whole" or (name in ("gallery", "call") and chance(rng, 0.6)):
        return (
            (0.0, 0.0, float(wide), float(tall)) if name == "whole" else (0.0, 2.4 * em, float(wide), tall - 5.2 * em)
        )
    broad = wide * (between(rng, 0.62, 0.78) if name == "chat" and tall > wide else between(rng, 0.45, 0.95))
    left = (wide - broad) * between(rng, 0.2, 0.8) if name != "viewer" else (wide - broad) / 2
    top = between(rng, 4.5, 9) * em
    return left, top, left + broad, min(tall - 6 * em, top + between(rng, 0.7, 1.3) * broad)


def _bubbles(
    rng: np.random.Generator,
    pen: Pen,
    size: tuple[int, int],
    look: tuple[FontFace, float, Colour],
    box: tuple[float, float, float, float],
) -> None:
    wide, (face, em, _) = size[0], look
    green = tuple(int(v) for v in rng.integers(120, 240, 3))
    for y in (2.6 * em, box[3] + em, box[3] + 3.6 * em, box[3] + 6.2 * em):
        mine, text = chance(rng, 0.5), sentence(rng, int(rng.integers(2, 11)))
        length = (len(text) + 1.2) * em
        x = wide - length - 3 * em if mine else 3 * em
        pen.draw.rounded_rectangle((x, y, x + length, y + 1.9 * em), 0.4 * em, fill=green if mine else (245, 245, 245))
        pen.write((x + 0.5 * em, y + 0.35 * em), text, (face, em, (0.1, 0.1, 0.1)))
        at = wide - 2.4 * em if mine else 0.5 * em
        pen.draw.rectangle((at, y, at + 1.9 * em, y + 1.9 * em), fill=tuple(int(v) for v in rng.integers(30, 230, 3)))


def _insert(rng: np.random.Generator, canvas: Paint, box: tuple[float, float, float, float], source: Source) -> Points:
    """The source fitted into the box, in place; turned if that fits better, at times; returns the card's quad."""
    picture, quad = source.picture, source.quad
    if (box[3] - box[1] > box[2] - box[0]) != (picture.shape[0] > picture.shape[1]) and chance(rng, 0.25):
        quad = floats(np.stack([quad[:, 1], picture.shape[1] - 1 - quad[:, 0]], axis=1))
        picture = floats(np.rot90(picture))
    share = min((box[2] - box[0]) / picture.shape[1], (box[3] - box[1]) / picture.shape[0])
    wide, tall = max(8, int(picture.shape[1] * share)), max(8, int(picture.shape[0] * share))
    x, y = int((box[0] + box[2] - wide) / 2), int((box[1] + box[3] - tall) / 2)
    how = cv2.INTER_AREA if share < 1 else pick(rng, [cv2.INTER_LINEAR, cv2.INTER_CUBIC])
    fitted = np.clip(cv2.resize(np.ascontiguousarray(picture), (wide, tall), interpolation=how), 0, 1)
    canvas[y : y + tall, x : x + wide] = fitted[: canvas.shape[0] - y, : canvas.shape[1] - x]
    return floats(quad * share + np.array([x, y]))


def _cursor(rng: np.random.Generator, canvas: Paint, em: float) -> None:
    """An arrow of the mouse, in place."""
    shape = (
        np.array([[0, 0], [0, 1], [0.25, 0.78], [0.42, 1.15], [0.55, 1.1], [0.4, 0.72], [0.7, 0.7]])
        * em
        * scaled(rng, 0.7, 1.5)
    )
    points = pixels(shape + rng.uniform(0.2, 0.8, 2) * (canvas.shape[1], canvas.shape[0]))
    cv2.fillPoly(canvas, [points], (1, 1, 1), 16)
    cv2.polylines(canvas, [points], True, (0, 0, 0), 1, 16)
