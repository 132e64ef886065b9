"""Things to lay on the ground: cards with their thickness and rim, sheets of paper, fingers, sleeves, odds and ends."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import CARD_CORNER_MM, CARD_MM, Image, Points
from idcard_core.specimen.brush import (
    Paint,
    between,
    blurred,
    bytes_of,
    chance,
    clouds,
    filled,
    floats,
    hsv,
    image,
    pick,
    resized,
    rounded,
    scaled,
    spread,
)
from idcard_core.specimen.tabletop.art import draw_card
from idcard_core.specimen.tabletop.stage import Pose, Sheet, Stage, slab

CARD = floats([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]]) * floats(CARD_MM)
"""A card's corners about its middle, millimetres."""


def card_sheet(rng: np.random.Generator, density: float) -> Sheet:
    """A laminated card with its rim, wear and slightly uneven face."""
    colour = draw_card(rng, density)
    rows, columns = colour.shape[:2]
    rim = between(rng, 0.15, 0.5) * density
    mask, rise = slab(rows, columns, CARD_CORNER_MM * density, between(rng, 0.8, 1.0), rim)
    worn = floats(colour) / floats(255)
    inner = np.pad(rounded(rows - 2, columns - 2, CARD_CORNER_MM * density - 1), 1)
    edge = np.clip(1 - blurred(inner, rim * 0.5), 0, 1) * np.float32(between(rng, 0.1, 0.9))
    worn += (floats(hsv(0.12, between(rng, 0, 0.15), between(rng, 0.6, 0.97))) - worn) * spread(edge)
    worn = worn + (np.float32(between(rng, 0.75, 0.95)) - worn) * np.float32(pick(rng, (0.0, between(rng, 0, 0.35))))
    rise = rise + clouds(rng, rows, columns, density * between(rng, 6, 25)) * np.float32(scaled(rng, 0.002, 0.03))
    rise += clouds(rng, rows, columns, max(density * 0.3, 1.5)) * np.float32(scaled(rng, 0.0001, 0.0012))
    for _ in range(int(rng.integers(1, 25)) if chance(rng, 0.5) else 0):
        start = rng.uniform(0, 1, 2) * (columns, rows)
        end = start + rng.normal(0, 6, 2) * density
        colours = (between(rng, 0.5, 1),) * 3
        spots = [(int(p[0]), int(p[1])) for p in (start, end)]
        cv2.line(rise, spots[0], spots[1], (float(rise.max() - 0.03),), 1, cv2.LINE_AA)
        if chance(rng, 0.4):
            cv2.line(worn, spots[0], spots[1], colours, 1, cv2.LINE_AA)
    gloss = pick(rng, (between(rng, 0.004, 0.02), scaled(rng, 0.02, 0.06)), (4, 6))
    return Sheet(image(worn), mask, floats(rise), density, gloss, between(rng, 0.01, 0.06))


def shape_paper(rng: np.random.Generator, rows: int, columns: int, density: float, relief: float) -> Paint:
    """Height (mm) of a sheet of paper: curl, folds, creases, crumple and fibre."""
    few = (rows // 4 + 2, columns // 4 + 2)
    y = floats(np.linspace(-rows / 2, rows / 2, few[0]))[:, None] / np.float32(density)
    x = floats(np.linspace(-columns / 2, columns / 2, few[1]))[None, :] / np.float32(density)
    rise = np.zeros(few, np.float32)

    def across(shift: float) -> Paint:
        turn = pick(rng, (0.0, 1.571, between(rng, 0, 3.14))) + rng.normal(0, 0.08)
        return floats(x * np.cos(turn) + y * np.sin(turn) - rng.normal(0, shift))

    if chance(rng, 0.5):
        rise += np.minimum(across(30) ** 2 * np.float32(scaled(rng, 0.0001, 0.0016)), 9)
    if chance(rng, 0.35):
        for _ in range(int(rng.integers(1, 3))):
            rise += np.clip(np.float32(between(rng, -0.08, 0.1)) * np.hypot(across(28), 0.35), -6, 6)
    if chance(rng, 0.15):
        for _ in range(int(rng.integers(6, 20))):
            rise += np.abs(across(40) % 60 - 30) * np.float32(between(rng, -0.02, 0.02))
    rise += clouds(rng, *few, density * between(rng, 6, 18)) * np.float32(pick(rng, (0.0, between(rng, 0, 0.8))))
    fine = clouds(rng, rows, columns, max(density * 0.2, 1.6)) * np.float32(relief * 1.2)
    fine += resized(rise - np.float32(min(float(rise[few[0] // 2, few[1] // 2]), 4) - 0.3), rows, columns, smooth=False)
    return floats(fine)


def cut_outline(rng: np.random.Generator, shape: tuple[int, int], quad: Points, density: float) -> Image:
    """The mask of a card cut out of its page, along its outline or by hand and uneven; quad in pixels."""
    margin = pick(rng, (between(rng, -0.2, 0.8), between(rng, 1, 7))) * density
    shaky = between(rng, 0, 0.5) * density
    middle = quad.mean(0)
    points = []
    for corner, after in zip(quad, np.roll(quad, -1, 0), strict=True):
        for share in np.linspace(0.04, 0.96, 9):
            spot = corner + (after - corner) * share
            out = np.array([after[1] - corner[1], corner[0] - after[0]])
            points.append(spot + out / np.hypot(*out) * (margin + rng.normal(0, shaky)))
    mask = np.zeros(shape, np.uint8)
    curve = np.array(points)
    cv2.fillPoly(mask, [np.int32(np.round(np.where(np.isfinite(curve), curve, middle) * 16))], (255,), cv2.LINE_AA, 4)
    return mask


def finger(rng: np.random.Generator, density: float, nail: bool) -> Sheet:
    """A finger whose tip points along +x, lying on what it holds."""
    density = min(density, 9)
    radius, length = between(rng, 6.5, 9.5), 70.0
    rows, columns = int(radius * 2 * density) + 4, int((length + radius) * density)
    y = (floats(np.arange(rows) - rows / 2) / np.float32(density))[:, None]
    x = (floats(np.arange(columns)) / np.float32(density))[None, :]
    beyond = np.maximum(x - np.float32(length), 0)
    swell = np.float32(radius) * (1 + 0.06 * np.cos((x - length) / 14)) * np.float32(0.94)
    far = np.hypot(y, beyond * np.float32(radius / swell.max())) / swell
    rise = floats(np.sqrt(np.clip(1 - far * far, 0, 1)) * radius * 1.1)
    skin = hsv(between(rng, 0.03, 0.075), between(rng, 0.25, 0.5), between(rng, 0.5, 0.92))
    colour = filled(rows, columns, skin) * spread(1 + clouds(rng, rows, columns, density * 4, 3) * np.float32(0.03))
    colour[..., 2] += np.clip(1 - np.abs(x - length) / 14, 0, 1) * np.float32(0.07)
    rise += floats(np.sin(x * 9 + clouds(rng, rows, columns, density * 6)) * 0.02)
    if nail:
        on = np.hypot((x - np.float32(length - 2)) / np.float32(radius * 0.85), y / np.float32(radius * 0.68))
        plate = np.clip((1 - on) * density * 4, 0, 1)
        colour += (floats(hsv(0.02, between(rng, 0.12, 0.3), between(rng, 0.75, 0.97))) - colour) * spread(
            floats(plate)
        )
        rise += floats(plate * 0.25)
    return Sheet(image(colour), np.uint8(np.clip((1 - far) * radius * density, 0, 1) * 255), rise, density, 0.004, 0.03)


def lay_fingers(rng: np.random.Generator, stage: Stage, pose: Pose, half: tuple[float, float], above: bool) -> None:
    """Fingers at one or two edges of a plate of ``half`` size (mm); ``above`` it, or behind and peeping out."""
    for side in (1, -1) if chance(rng, 0.4) else (pick(rng, (1, -1)),):
        for number in range(1 if above else int(rng.integers(1, 4))):
            over_edge = between(rng, 2, 12) if above else between(rng, -5, 8)
            reach = half[0] + 35 - over_edge if chance(rng, 0.7) else half[0] + 38
            spot = floats([[side * reach, between(rng, -0.6, 0.9) * half[1] * 0.7 + number * 17]])
            place = pose.world(spot)[0]
            turn = pose.turn + (np.pi if side > 0 else 0) + rng.normal(0, 0.3)
            level = None if above else -9.0
            stage.lay(finger(rng, stage.density, above), Pose(float(place[0]), float(place[1]), turn), level)


def lay_sleeve(rng: np.random.Generator, stage: Stage, pose: Pose, wide: float, tall: float) -> None:
    """A clear sleeve over a plate of ``wide`` by ``tall`` mm: veil, wrinkles, sharp gloss and welded edges."""
    density = min(stage.density, 8)
    rows, columns = int((tall + between(rng, 3, 14)) * density), int((wide + between(rng, 3, 14)) * density)
    mask, rise = slab(rows, columns, between(rng, 0.5, 3) * density, 0.25, 0.5 * density)
    wrinkle = clouds(rng, rows, columns, density * between(rng, 3, 18), 2) * np.float32(scaled(rng, 0.01, 0.12))
    milk = np.full((rows, columns, 3), int(between(rng, 190, 250)), np.uint8)
    under, gloss = stage.height.copy(), scaled(rng, 0.02, 0.06)
    stage.lay(Sheet(milk, mask, floats(rise + wrinkle), density, gloss, 0.02), pose, 0.3, between(rng, 0.02, 0.16))
    np.maximum(stage.height, under + np.float32(0.02), out=stage.height)


def lay_clutter(rng: np.random.Generator, stage: Stage, away: float) -> None:
    """Other things beside, at least ``away`` mm from the middle."""
    for _ in range(int(rng.integers(1, 4))):
        sheet = pick(rng, (_pen, _coin, _book, _leaf), (3, 2, 3, 3))(rng, min(stage.density, 7))
        turn, own = between(rng, 0, 6.283), between(rng, 0, 6.283)
        half = np.array([sheet.mask.shape[1], sheet.mask.shape[0]]) / 2 / sheet.density
        far = away
        while far < away + 130:
            inner = far * np.array([np.cos(turn - own), np.sin(turn - own)])
            if np.hypot(*np.maximum(np.abs(inner) - half, 0)) > away:
                break
            far += 4
        stage.lay(sheet, Pose(far * np.cos(turn), far * np.sin(turn), own))


def _pen(rng: np.random.Generator, density: float) -> Sheet:
    rows, columns = int(9 * density), int(140 * density)
    mask, _ = slab(rows, columns, rows / 2, 1, 1)
    y = floats(np.linspace(-1, 1, rows))[:, None]
    rise = np.broadcast_to(np.sqrt(np.maximum(1 - y * y, 0)) * np.float32(8), (rows, columns))
    colour = np.full((rows, columns, 3), bytes_of(hsv(rng.random(), rng.random(), rng.random())), np.uint8)
    colour[:, int(columns * 0.6) :] = bytes_of(hsv(0, 0, rng.random()))
    return Sheet(colour, mask, floats(rise.copy()), density, 0.04, 0.03)


def _coin(rng: np.random.Generator, density: float) -> Sheet:
    edge = int(between(rng, 19, 26) * density)
    mask, rise = slab(edge, edge, edge / 2, 1.8, density * 0.4)
    rise = rise + clouds(rng, edge, edge, density * 2) * np.float32(0.1)
    colour = np.full((edge, edge, 3), bytes_of(hsv(0.11, between(rng, 0, 0.5), 0.65)), np.uint8)
    return Sheet(colour, mask, floats(rise), density, 0.12, 0.25)


def _book(rng: np.random.Generator, density: float) -> Sheet:
    rows, columns = int(150 * density), int(between(rng, 80, 120) * density)
    mask, rise = slab(rows, columns, density * 2, between(rng, 5, 18), density)
    colour = np.full((rows, columns, 3), bytes_of(hsv(rng.random(), rng.random(), between(rng, 0.2, 0.95))), np.uint8)
    spot = (int(columns * 0.2), int(rows * 0.3))
    cv2.rectangle(colour, spot, (int(columns * 0.8), int(rows * 0.36)), bytes_of(hsv(rng.random(), 0.3, 0.9)), -1)
    return Sheet(colour, mask, rise, density, 0.02, 0.03)


def _leaf(rng: np.random.Generator, density: float) -> Sheet:
    rows, columns = int(140 * density), int(100 * density)
    rise = shape_paper(rng, rows, columns, density, 0.002)
    colour = image(filled(rows, columns, hsv(0.13, between(rng, 0, 0.5), between(rng, 0.85, 0.98))))
    for y in np.arange(10, 130, between(rng, 5, 9)):
        end = (int(columns * between(rng, 0.4, 0.9)), int(y * density))
        cv2.line(colour, (int(columns * 0.1), end[1]), end, (90, 80, 80), 1, cv2.LINE_AA)
    return Sheet(colour, np.full((rows, columns), 255, np.uint8), rise, density, 0, 0.01)
