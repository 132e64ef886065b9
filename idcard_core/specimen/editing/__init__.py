"""Edited specimens: photographs in which one value was changed, as with an image editor, and saved again."""

from idcard_core.specimen.editing.make import EditedSpecimen, History, make_edited
from idcard_core.specimen.editing.styles import EditStyle

__all__ = ["EditStyle", "EditedSpecimen", "History", "make_edited"]
