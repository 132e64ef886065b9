"""What offices make of a card's picture: pages, forms, merged letters, photo prints, cut-outs; then photographed."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.card import CARD_MM, Points
from idcard_core.specimen.brush import Paint, between, chance, floats, pick, scaled
from idcard_core.specimen.fonts import Style, choose_face
from idcard_core.specimen.plane import at
from idcard_core.specimen.snapshot.artwork import draw_card
from idcard_core.specimen.snapshot.genuine import Shot, place_props
from idcard_core.specimen.snapshot.hands import fingers
from idcard_core.specimen.snapshot.noise import Pen, fractal, grid, ink, pixels, wide
from idcard_core.specimen.snapshot.papers import handwriting, paper_colour, write_column
from idcard_core.specimen.snapshot.printer import Printer, printed
from idcard_core.specimen.snapshot.scene import draw_light, draw_view, gloss, lay, lit, scale_of, shade, start
from idcard_core.specimen.snapshot.source import draw_source, trimmed


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A sheet: paint and mask at ``density`` px a mm, the copied card's quad on it (mm), and what sort it is."""

    paper: Paint
    mask: Paint
    density: float
    quad: Points
    sort: str


def shoot_copy(rng: np.random.Generator, card_px: float, printer: Printer) -> tuple[Shot, bool]:
    """A print before a camera, and whether that camera is a flatbed scanner."""
    page = _surface(rng, _page(rng, card_px, printer))
    flat = chance(rng, 0.15)
    view = draw_view(rng, page.quad, card_px, flat)
    light = draw_light(rng, view)
    canvas, _ = start(rng, view)
    if flat:
        canvas[:] = pick(rng, [0.9, 0.03], [4, 1])
        light.field[:] = 1
    else:
        place_props(rng, canvas, view, light)
    where = scale_of(page.density)
    shade(canvas, view, page.mask, (where, scaled(rng, 0.15, 4)), light)
    cover = lay(canvas, view, page.paper, page.mask, (where, 0.0))
    if chance(rng, 0.15) and not flat:
        outline = at(floats([[0, 0], [1, 0], [1, 1], [0, 1]]) * floats(page.mask.shape[::-1]), where)
        fingers(rng, canvas, view, outline)
    if not flat:
        lit(canvas, light)
    if printer.kind == "photo" and chance(rng, 0.6):
        gloss(rng, canvas, cover, scaled(rng, 0.02, 0.35))
    way = printer.kind if page.sort == "page" else f"{printer.kind}_{page.sort}"
    return Shot(canvas, at(page.quad, view.plane()), 3.0 if flat else light.level, way, printer.kind != "photo"), flat


def _page(rng: np.random.Generator, card_px: float, printer: Printer) -> Page:
    """The part of a printed sheet that a camera will see, flat."""
    source = trimmed(rng, draw_source(rng, 0.65))
    sort = pick(rng, ["page", "both", "form", "letter", "cut", "photo"], [3, 2, 2, 2, 2, 1])
    if printer.kind == "photo":
        sort = pick(rng, ["photo", "cut", "page"], [5, 1, 1])
    zoom = 1.0 if chance(rng, 0.5) and sort != "photo" else scaled(rng, 0.65, 1.45)
    k = card_px / (CARD_MM[0] * zoom)
    scale = CARD_MM[0] * zoom / float(np.linalg.norm(source.quad[1] - source.quad[0]))
    tall, broad = source.picture.shape[0] * scale, source.picture.shape[1] * scale
    copy = _inked(rng, source.picture, (broad, tall), k, printer)
    reach = 48 * zoom
    room = np.array([between(rng, 8, 90), between(rng, 8, 120), between(rng, 8, 90), between(rng, 8, 150)])
    room = np.minimum(room, reach)
    if sort == "photo":
        room[:] = pick(rng, [between(rng, 1.2, 3), between(rng, 2, 6), between(rng, 4, 20)])
    left, top = room[0], room[1]
    shape = (round((top + tall + room[3]) * k), round((left + broad + room[2]) * k))
    paper = np.ones((*shape, 3), np.float32)
    y, x = round(top * k), round(left * k)
    if sort in ("both", "form", "letter"):
        paper = _written(rng, paper, (left, top, left + broad, top + tall), k, sort)
    if sort == "both":
        other = _inked(rng, draw_card(rng, 9), (CARD_MM[0] * zoom, CARD_MM[1] * zoom), k, printer)
        below = y + copy.shape[0] + round(between(rng, 4, 20) * k)
        part = paper[below : below + other.shape[0], x : x + other.shape[1]]
        part[:] = other[: part.shape[0], : part.shape[1]]
    part = paper[y : y + copy.shape[0], x : x + copy.shape[1]]
    part[:] = copy[: part.shape[0], : part.shape[1]]
    quad = floats(source.quad * scale + np.array([left, top]))
    mask = np.ones(shape, np.float32)
    if sort == "cut":
        mask = _cut(rng, shape, quad * k, k)
    return Page(paper, mask, k, quad, sort)


def _inked(rng: np.random.Generator, picture: Paint, size: tuple[float, float], k: float, printer: Printer) -> Paint:
    """A picture printed ``size`` mm large (wide, tall), brought to ``k`` pixels a mm."""
    fine = max(printer.density, 1.0)
    big = cv2.resize(
        picture, (max(8, round(size[0] * fine)), max(8, round(size[1] * fine))), interpolation=cv2.INTER_LINEAR
    )
    sheet = printed(rng, np.clip(floats(big), 0, 1), printer)
    how = cv2.INTER_AREA if k < fine else cv2.INTER_LINEAR
    return floats(cv2.resize(sheet, (max(8, round(size[0] * k)), max(8, round(size[1] * k))), interpolation=how))


def _written(
    rng: np.random.Generator, paper: Paint, box: tuple[float, float, float, float], k: float, sort: str
) -> Paint:
    """Other print about the picture: captions, a form's table, a letter; at times notes by hand."""
    pen, tall, broad = Pen(paper), paper.shape[0], paper.shape[1]
    tone, size = (between(rng, 0.05, 0.3),) * 3, between(rng, 3.2, 5.5) * k
    look = (choose_face(rng, (Style.SANS, Style.SERIF)), size, tone)
    if sort == "letter":
        write_column(rng, pen, (4 * k, 0, broad - 4 * k, (box[1] - 3) * k), size, tone)
        write_column(rng, pen, (4 * k, (box[3] + 3) * k, broad - 4 * k, tall), size, tone)
    elif sort == "form":
        step, thick, grey = between(rng, 8, 16) * k, max(1, round(0.3 * k)), ink(tone)
        for n in range(int(tall / step) + 1):
            pen.draw.line((2 * k, n * step, broad - 2 * k, n * step), fill=grey, width=thick)
            pen.write((4 * k, n * step + 2 * k), pick(rng, ["姓名", "单位", "电话", "备注", "经办人", "日期"]), look)
        frame = (box[0] * k - 4, box[1] * k - 4, box[2] * k + 4, box[3] * k + 4)
        pen.draw.rectangle(frame, fill=(255, 255, 255), outline=grey, width=thick)
    else:
        text = pick(rng, ["身份证复印件", "与原件一致", "身份证正反面", "附件一", "此复印件仅供备案"])
        pen.write((box[0] * k, max(0, (box[1] - 9) * k)), text, look)
    if chance(rng, 0.25):
        _seal(rng, pen, (between(rng, 0, broad), between(rng, 0, tall)), between(rng, 15, 21) * k)
    result = pen.done()
    if chance(rng, 0.25):
        tail = result[int(min(box[3] * k + k, tall - 12)) :]
        tail[:] = handwriting(rng, tail.copy(), 6 * k, 9 * k)
    return result


def _seal(rng: np.random.Generator, pen: Pen, at_px: tuple[float, float], radius: float) -> None:
    """A round red stamp."""
    (x, y), red = at_px, (int(rng.integers(170, 235)), int(rng.integers(30, 90)), int(rng.integers(30, 90)))
    pen.draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=red, width=max(2, int(radius / 14)))
    face = choose_face(rng, (Style.SERIF,))
    blue_first = (red[2] / 255, red[1] / 255, red[0] / 255)
    pen.write((x - radius * 0.2, y - radius * 0.25), "★", (face, radius * 0.4, blue_first))
    for n, character in enumerate("有限公司专用章"):
        turn = np.pi * (0.8 + 0.2 * n)
        spot = (x + radius * (0.72 * np.cos(turn) - 0.12), y + radius * (0.72 * np.sin(turn) - 0.12))
        pen.write(spot, character, (face, radius * 0.25, blue_first))


def _cut(rng: np.random.Generator, shape: tuple[int, int], quad: Points, k: float) -> Paint:
    """Paper cut out along the card's outline by hand, wobbling, its corners round or not."""
    out, wobble = between(rng, -0.4, 4), scaled(rng, 0.03, 0.9)
    turns = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    circle = np.stack([np.cos(turns), np.sin(turns)], 1)
    ring = np.sign(circle) * np.abs(circle) ** pick(rng, [0.03, 0.12, 0.2])
    wave = np.convolve(np.tile(rng.normal(0, 1, 120), 3), np.ones(9) / 3, "same")[120:240, None] * wobble
    sides = np.diff(quad[:3], axis=0)
    size = np.linalg.norm(sides, axis=1)
    local = ring * (size / 2 + out * k + wave * k)
    along = sides[0] / size[0]
    points = quad.mean(0) + local[:, :1] * along + local[:, 1:] * np.array([-along[1], along[0]])
    mask = np.zeros(shape, np.float32)
    cv2.fillPoly(mask, [pixels(points * 16)], (1.0,), cv2.LINE_AA, 4)
    return mask


def _creased(rng: np.random.Generator, shape: tuple[int, int], k: float) -> Paint:
    """How bright paper is: fibres, crumpling and folds; ``shape`` and ``k`` (pixels a mm) of the field given back."""
    tall, wide_px = shape
    bright = 1 + floats(scaled(rng, 0.004, 0.02)) * fractal(rng, tall, wide_px, 0.6)
    if chance(rng, 0.16):
        ridges = np.abs(fractal(rng, tall, wide_px, between(rng, 1.9, 2.6))) * floats(between(rng, 0.5, 2.5) * k)
        slope = cv2.Sobel(ridges, cv2.CV_32F, 1, 0, scale=0.125) + cv2.Sobel(ridges, cv2.CV_32F, 0, 1, scale=0.125)
        bright += np.clip(floats(cv2.GaussianBlur(slope, (0, 0), 1)) * floats(0.25), -0.35, 0.2)
    x, y = grid(tall, wide_px)
    for _ in range(int(pick(rng, [0, 1, 2], [6, 2, 1]))):
        turn = pick(rng, [0.0, np.pi / 2]) + rng.normal(0, 0.03 if chance(rng, 0.6) else 0.6)
        across, along = x - floats(between(rng, 0.1, 0.9) * wide_px), y - floats(between(rng, 0.1, 0.9) * tall)
        far = across * floats(np.cos(turn)) + along * floats(np.sin(turn))
        bright += floats(rng.normal(0, 0.07)) * np.tanh(far / floats(6 * k)) * np.exp(-np.abs(far) / floats(30 * k))
        bright += floats(rng.normal(0, 0.25)) * np.exp(-((far / floats(0.35 * k)) ** 2))
    return bright


def _surface(rng: np.random.Generator, page: Page) -> Page:
    """The page as a thing: its paper's colour and creases, and at times a bow that moves the quad along."""
    tall, wide_px = page.mask.shape
    k, quad, mask, paper = page.density, page.quad, page.mask, page.paper
    bright = wide(_creased(rng, (tall // 2 + 1, wide_px // 2 + 1), k / 2), tall, wide_px)
    if chance(rng, 0.25):
        bow, steps = rng.normal(0, 2.5) * k, np.pi * np.arange(wide_px) / wide_px
        x, y = grid(tall, wide_px)
        rows = y - floats(bow * np.sin(steps))[None, :]
        paper = floats(cv2.remap(paper, x, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))
        mask = floats(cv2.remap(mask, x, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT))
        bright *= floats(1 - 0.03 * bow / k * np.cos(steps))[None, :]
        rise = bow / k * np.sin(np.pi * np.clip(quad[:, 0] * k / wide_px, 0, 1))
        quad = floats(np.stack([quad[:, 0], quad[:, 1] + rise], 1))
    tint = paper_colour(rng)
    paper = paper * floats(cv2.merge([bright * floats(part) for part in tint]))
    return Page(floats(np.minimum(paper, 1)), mask, k, quad, page.sort)
