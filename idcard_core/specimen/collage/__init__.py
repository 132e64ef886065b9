"""Pictures of cards, prints and screens put together from flat layers and a random list of effects.

This is how test pictures are mostly made: a card drawn with an image library, pasted on a ground, warped, and given
a raster, a grating, a tint, a lamp's spot or a shadow each by its own formula, in the coding of the display. It is not
how light behaves, and that is why it stands here: networks that only saw physics take what is plain for what is not.
"""

from idcard_core.specimen.collage.taking import take

__all__ = ["take"]
