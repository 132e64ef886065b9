"""The decoded picture that the rest of the program works on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from idcard_core.card import Image, PictureInfo
from idcard_core.intake.raster import Bounds, rasterise


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Pixels the right way up, and what is known of their file.

    ``pixels`` is BGR uint8, perhaps decoded at a reduced ``scale`` (1.0, 0.5, 0.25, 0.125): a point of ``pixels``
    divided by ``scale`` is a point of the full picture, whose size is in ``info``. ``data`` is the encoded file, empty
    for a picture that came as an array; ``metadata`` holds the file's own words (see ``intake.metadata``).
    """

    pixels: Image
    info: PictureInfo
    scale: float = 1.0
    data: bytes = b""
    metadata: Mapping[str, str] = field(default_factory=dict)

    def at_full_scale(self) -> Picture:
        """The same picture with every pixel the file has; decodes again when it was decoded at a reduced scale."""
        if self.scale >= 1:
            return self
        bounds = Bounds(shortest_px=1, longest_px=max(self.info.width, self.info.height))
        full = rasterise(self.data, bounds)
        return Picture(full.pixels, self.info, full.scale, self.data, self.metadata)
