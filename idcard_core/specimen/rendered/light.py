"""How much light reaches a place of the scene, and what a glossy place mirrors: all on a coarse grid of pixels."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.specimen.rendered.fields import Float, ramp, single, smooth
from idcard_core.specimen.rendered.fingers import Finger
from idcard_core.specimen.rendered.grounds import Ground
from idcard_core.specimen.rendered.room import SIDE as ROOM_SIDE
from idcard_core.specimen.rendered.room import Light, Room
from idcard_core.specimen.rendered.scene import Material, Slab, View

_WAVES = 256
"""Width and height of the tile of slopes, pixels; its waves are 16 pixels long."""


@dataclass(frozen=True, slots=True)
class Blocker:
    """A thing above the scene that casts a shadow: a turned box ``half`` wide and high (mm) at ``height`` (mm)."""

    centre: tuple[float, float]
    half: tuple[float, float]
    turn: float
    height: float
    depth: float

    def lit(self, light: Light, x: Float, y: Float) -> Float:
        """The share of the light that passes it, at places (mm)."""
        lean = light.towards[:2] / max(float(light.towards[2]), 0.3) * np.float32(self.height)
        u, v = x + (lean[0] - np.float32(self.centre[0])), y + (lean[1] - np.float32(self.centre[1]))
        cos, sin = np.float32(np.cos(self.turn)), np.float32(np.sin(self.turn))
        along, across = np.abs(u * cos + v * sin), np.abs(v * cos - u * sin)
        out = np.maximum(along - np.float32(self.half[0]), across - np.float32(self.half[1]))
        return np.asarray(1 - self.depth * (1 - ramp(out, 2 * light.softness * self.height + 3)), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Glow:
    """What a screen gives off: radiance (BGR) of its white and its black, and ``tile``, its sub-pixels.

    ``tile`` (n * ``cells``, n * ``cells``, 3) has mean 1 and repeats every ``cells`` pixels of the screen. ``lean`` is
    the fall of brightness across the screen, ``bands`` the depth and period (share of the height) of refresh bands.
    """

    white: Float
    black: Float
    tile: Float
    cells: int
    lean: tuple[float, float]
    bands: tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything in front of the camera."""

    slab: Slab
    ground: Ground
    room: Room
    lift: float = 0.0
    blocker: Blocker | None = None
    fingers: tuple[Finger, ...] = ()
    sleeve: Material | None = None
    glow: Glow | None = None
    scale: float = 1.0
    """Width of the card's image on the thing, in widths of a card."""


def arriving(scene: Scene, light: Light, x: Float, y: Float) -> Float:
    """Irradiance of a light at level places (mm), as a share of that at the origin."""
    far = light.distance * 86 * max(scene.scale, 1.0)
    lx, ly, lz = (np.float32(v) for v in light.towards * far)
    square = ((x - lx) ** 2 + (y - ly) ** 2 + lz * lz) / np.float32(far * far)
    share = 1 / (square * np.sqrt(square))
    if scene.blocker is not None:
        share = share * scene.blocker.lit(light, x, y)
    return np.asarray(share, np.float32)


def on_table(scene: Scene, x: Float, y: Float) -> Float:
    """Irradiance (BGR, over pi) of the table with the thing's shadow on it."""
    slab = scene.slab
    half = np.float32(slab.size[0] / 2), np.float32(slab.size[1] / 2)
    rise = slab.bend.height(np.clip(x, -half[0], half[0]), np.clip(y, -half[1], half[1]))
    over = rise + np.float32(scene.lift + slab.thick)
    near = slab.outside(x, y)
    if scene.lift > 3:
        hidden = 0.75 * (1 - ramp(near, 2.5 * scene.lift))
    else:
        hidden = 0.5 * (1 - near / np.sqrt(near * near + over * over + 1e-4))
    total = scene.room.sky * (1 - np.clip(hidden, 0, 0.9))[..., None]
    for light in scene.room.lights:
        lean = light.towards[:2] / max(float(light.towards[2]), 0.2)
        edge = slab.outside(x + lean[0] * over, y + lean[1] * over)
        lit = arriving(scene, light, x, y) * ramp(edge, 2 * light.softness * over + 0.08)
        total = total + light.power * (lit * _under_fingers(scene, light, x, y, scene.lift + slab.thick))[..., None]
    return np.asarray(total, np.float32)


def on_top(scene: Scene, x: Float, y: Float, slopes: tuple[Float, Float]) -> Float:
    """Irradiance (BGR, over pi) of the thing's face, whose surface has ``slopes`` in x and y."""
    total = np.broadcast_to(scene.room.sky, (*x.shape, 3))
    for light in scene.room.lights:
        lx, ly, lz = (np.float32(v) for v in light.towards)
        facing = np.maximum(1 - (slopes[0] * lx + slopes[1] * ly) / max(lz, np.float32(0.2)), 0)
        lit = arriving(scene, light, x, y) * facing * _under_fingers(scene, light, x, y, 0.0)
        total = total + light.power * lit[..., None]
    return np.asarray(total, np.float32)


def on_side(scene: Scene, normal: tuple[Float, Float]) -> Float:
    """Irradiance (BGR, over pi) of the thing's side, which faces ``normal`` (x, y)."""
    total = np.broadcast_to(scene.room.sky * np.float32(0.5), (*normal[0].shape, 3))
    for light in scene.room.lights:
        lx, ly, lz = (np.float32(v) for v in light.towards)
        total = total + light.power * np.maximum(normal[0] * lx + normal[1] * ly, 0)[..., None] / max(
            lz, np.float32(0.3)
        )
    return np.asarray(total, np.float32)


def _under_fingers(scene: Scene, light: Light, x: Float, y: Float, above: float) -> Float | float:
    """The share of a light that fingers let pass to places ``above`` mm under the face."""
    lit: Float | float = 1.0
    for finger in scene.fingers:
        lean = light.towards[:2] / max(float(light.towards[2]), 0.3) * np.float32(finger.radius + above)
        dx, dy, _ = finger.away(x + lean[0], y + lean[1])
        out = (np.sqrt(dx * dx + dy * dy) - 1) * np.float32(finger.radius)
        lit = lit * ramp(out, 2 * light.softness * finger.radius + 1.5)
    return lit


def waves(rng: np.random.Generator, material: Material, x: Float, y: Float) -> tuple[Float, Float]:
    """Slopes in x and y of a face of ``material`` at places (mm)."""
    step = np.float32(16 / material.wave_mm)
    u, v = x * step + np.float32(_WAVES / 2), y * step + np.float32(_WAVES / 2)
    slopes = []
    for _ in range(2):
        tile = cv2.GaussianBlur(smooth(rng, (_WAVES, _WAVES), (16, 16)), (0, 0), 4) * np.float32(material.waviness)
        slopes.append(single(cv2.remap(tile, u, v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)))
    return slopes[0], slopes[1]


def mirrored(
    scene: Scene, view: View, material: Material, places: tuple[Float, Float], slopes: tuple[Float, Float]
) -> Float:
    """Radiance (BGR) that a face of ``material`` at ``places`` (mm) throws from the room to the camera."""
    height = np.float32(view.eye[2] - scene.lift - scene.slab.thick)
    vx, vy = view.eye[0] - places[0], view.eye[1] - places[1]
    inverse = 1 / np.sqrt(vx * vx + vy * vy + height * height)
    vx, vy, vz = vx * inverse, vy * inverse, height * inverse
    level = 1 / np.sqrt(1 + slopes[0] ** 2 + slopes[1] ** 2)
    facing = (vz - slopes[0] * vx - slopes[1] * vy) * level
    twice = 2 * facing * level
    reach = np.float32(1 / (700 * max(scene.scale, 1.0)))
    rx = -twice * slopes[0] - vx + places[0] * reach
    ry = -twice * slopes[1] - vy + places[1] * reach
    rz = twice - vz
    flat = np.float32(ROOM_SIDE / 2) / (np.sqrt(rx * rx + ry * ry + rz * rz) + rz + np.float32(1e-3))
    seen = cv2.remap(
        scene.room.reflected(material.roughness),
        rx * flat + np.float32(ROOM_SIDE / 2),
        ry * flat + np.float32(ROOM_SIDE / 2),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    grazing = np.clip(1 - facing, 0, 1)
    square = grazing * grazing
    share = material.mirror + (1 - material.mirror) * (1 - material.roughness) * square * square * grazing
    return np.asarray(seen * share[..., None], np.float32)
