"""Pictures of genuine cards, of prints of cards and of screens that show one, painted as a retoucher would paint them.

Everything here is done by operations on images: textures, layers laid with shadows, tone curves, rasters, gratings
that beat, blur and grain. Beside pictures computed from the path of light these let a network see more than one way of
simulating.
"""

from idcard_core.specimen.painted.taking import take

__all__ = ["take"]
