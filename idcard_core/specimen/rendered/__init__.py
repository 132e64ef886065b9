"""A scene rendered in three dimensions: a card, a print of one or a screen with one, before a camera in a room.

It stands beside the package's other simulators so that networks see more than one way of simulating. Here every
photosite's ray meets the planes of a small scene in millimetres (the face with its rim and side, or a table), takes up
the light of lamps, windows and sky past whatever casts a shadow, and the room's mirror image; then comes the camera.

``take(rng, presented, number)`` gives one picture as a JPEG file with the card's corners. ``number`` names a device,
0 to 159, whose camera, printer and screen stay what they are.
"""

from __future__ import annotations

from idcard_core.specimen.rendered.taking import take

__all__ = ["take"]
