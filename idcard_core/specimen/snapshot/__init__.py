"""Everyday snapshots as they reach an upload form.

A flat world of layers in millimetres (ground, things, the card, a page, a screen) is carried onto the picture by a
pinhole, with shadows from each layer's height and a coarse field of light; a phone's computational camera finishes it,
and apps and people crop, turn, filter, zoom and resend it. The weight lies on what is shown, not on how light travels:
what offices print, what screens show about a card's picture, what the card lies on or in. It differs from simulators
that trace light or paint surfaces in that a print's raster is a tile of thresholds of a rational screen, a screen's
lattice is a Fourier series sampled at the picture's pixels, and what is printed or shown is a snapshot by this
simulator itself.
"""

from __future__ import annotations

from idcard_core.specimen.snapshot.taking import take

__all__ = ["take"]
