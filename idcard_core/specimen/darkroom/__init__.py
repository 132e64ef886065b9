"""A simulator as a darkroom: every picture is a chain of reproduction stages.

A stage takes densities on and passes them through its own tone curve, modulation transfer and grain:
artwork (``artwork``) -> earlier capture (``kinds.capture``) -> inks by halftone and Neugebauer mixing at the printer's
own resolution (``press``, ``page``) or primaries on a lattice of subpixels (``panel``) -> surface and light
(``grounds``, ``stage``) -> view and lamps (``optics``) -> lens, mosaic and processing (``camera``).

It differs by working in square-root codes, in which laying dyes multiplies and blurring mixes as Yule and Nielsen
found; by true rational screens and a scattered one; and by panels whose lattice is filtered by the modulation transfer
of lens and photosite as one period of a pattern, then sampled where the camera's photosites lie, so that moire comes
from sampling and is coloured by a real mosaic of colour filters.
"""

from idcard_core.specimen.darkroom.taking import take

__all__ = ["take"]
