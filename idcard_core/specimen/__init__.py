"""Fictional cards, drawn and photographed: the project's own test data, and its shipped samples.

Schematic art, a drawn figure, the word 样本 on every card and people who do not exist: what is drawn here cannot pass
for a real card.

``make_specimens`` writes a folder of labelled pictures, ``make_specimen`` gives one in memory, ``shipped_samples``
lists those that come installed; ``make_flats`` and ``make_scene`` give small scenes quickly.
"""

from .conditions import Condition
from .draw import FlatCard, draw_card
from .fonts import FontsMissingError
from .labels import LABELS_FILE, CardLabel, LabelsError, PictureLabel, read_labels, write_labels
from .make import Specimen, make_specimen, make_specimens
from .patches import make_flats, make_scene
from .people import Person, PersonWish, make_person
from .photograph import Photograph, PlacedCard, photograph
from .recipes import make_shot
from .samples import Sample, shipped_samples
from .shot import Shot

__all__ = [
    "LABELS_FILE",
    "CardLabel",
    "Condition",
    "FlatCard",
    "FontsMissingError",
    "LabelsError",
    "Person",
    "PersonWish",
    "Photograph",
    "PictureLabel",
    "PlacedCard",
    "Sample",
    "Shot",
    "Specimen",
    "draw_card",
    "make_flats",
    "make_person",
    "make_scene",
    "make_shot",
    "make_specimen",
    "make_specimens",
    "photograph",
    "read_labels",
    "shipped_samples",
    "write_labels",
]
