"""Which characters an exported network tells, kept in its metadata; and a network for others made from it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray

from idcard_core.models.resume import exported_weights

from .net import GlyphNet

CHARACTERS = "characters"
"""Key of the metadata: the characters in the order of the network's answers."""
HEAD = ("head.weight", "head.bias")


def keep_characters(model: onnx.ModelProto, characters: str) -> None:
    """Write into ``model`` which characters it tells."""
    onnx.helper.set_model_props(model, {CHARACTERS: characters})


def weights_for(net: GlyphNet, path: Path, characters: str) -> dict[str, NDArray[np.float32]]:
    """The weights of the export at ``path`` for a ``net`` that tells ``characters``; ones it does not know begin as
    ``net`` has them."""
    model = onnx.load(str(path))
    known = next(entry.value for entry in model.metadata_props if entry.key == CHARACTERS)
    place = {character: at for at, character in enumerate(known)}
    weights = exported_weights(path)
    for name in HEAD:
        rows = net.get_parameter(name).detach().numpy().copy()
        for at, character in enumerate(characters):
            if character in place:
                rows[at] = weights[name][place[character]]
        weights[name] = rows
    return weights
