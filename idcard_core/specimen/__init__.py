"""Fictional cards, drawn and photographed: the project's own test data, and its shipped samples.

Schematic art, a drawn figure, the word 样本 on every card and people who do not exist: what is drawn here cannot pass
for a real card.

``make_specimens`` writes a folder of labelled pictures, ``make_specimen`` gives one in memory, ``shipped_samples``
lists those that come installed; ``make_flats`` and ``make_scene`` give small scenes quickly.
"""

from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.draw import draw_card
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.fonts import FontsMissingError
from idcard_core.specimen.labels import LABELS_FILE, CardLabel, LabelsError, PictureLabel, read_labels, write_labels
from idcard_core.specimen.make import Specimen, make_specimen, make_specimens
from idcard_core.specimen.patches import make_flats, make_scene
from idcard_core.specimen.people import Person, PersonWish, make_person
from idcard_core.specimen.photograph import Photograph, PlacedCard, photograph
from idcard_core.specimen.recipes import make_shot
from idcard_core.specimen.samples import Sample, shipped_samples
from idcard_core.specimen.shot import Shot

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
