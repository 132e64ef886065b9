"""The risk networks: two of the card and its surroundings, two of its rim, and two of small pieces of it; and beside
them, its colours, its spectrum and the frames of a screenshot.

Their weights and how they were trained: ``idcard_core/models/risk.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image, Points
from idcard_core.judge.risk.colour import odds_of_colour
from idcard_core.judge.risk.frame import odds_of_frame
from idcard_core.judge.risk.lattice import odds_of_lattice
from idcard_core.judge.risk.views import (
    CONTEXT_SIZE,
    EDGE,
    EDGES,
    PIECE,
    PLACES,
    context_of,
    edges_of,
    pieces_of,
    rest_of,
    shrunk,
)
from idcard_core.networks import CompiledNetwork, Tensor, available_cores, read_with_preprocessing
from idcard_core.tracing import span

MODELS = Path(__file__).parent.parent.parent / "models"
_AROUND = {"pixels": (1, CONTEXT_SIZE[1], CONTEXT_SIZE[0], 3)}
_RIM = {"pixels": (EDGES, EDGE, EDGE, 3)}
_FINE = dict.fromkeys(("pixels", "rest"), (len(PLACES), PIECE, PIECE, 3))
NETWORKS = {"scene": _AROUND, "context": _AROUND, "rim": _RIM, "edges": _RIM, "grain": _FINE, "pieces": _FINE}
"""What each looks at (places, height, width, 3): two at the same, the first of which began from public weights."""
SHARES = {"scene": 0.35, "context": 0.5, "rim": 0.35, "edges": 0.5, "grain": 0.5, "pieces": 0.5}
"""How much of what each says counts: half, as two look at the same. The large ones of outline and rim are surer than
right in pictures by programs that they have not learnt from, and count less (``models/risk/history.md``)."""
THREADS = 1
"""Of each network, as all six run beside one another."""
_NO_MEAN, _BYTES = (0.0,) * 3, (1 / 255,) * 3
"""The networks take bytes as they are."""


@dataclass(frozen=True, slots=True, eq=False)
class Presented:
    """Log odds (3,) that the card itself, a print or a screen was before the camera, up to a constant."""

    of_context: NDArray[np.float32]
    """As the card and what is around it look, by two networks (``SHARES``), as the next two are."""
    of_edges: NDArray[np.float32]
    """As its corners and sides look: paper or plastic, flush, cut or in a frame."""
    of_pieces: NDArray[np.float32]
    """As its pieces look: the grids of screens and prints."""
    of_colour: NDArray[np.float32]
    """As its colours are, or their absence; not by a network."""
    of_lattice: NDArray[np.float32]
    """As its spectrum is, where waves stand all over it; not by a network."""
    of_frame: NDArray[np.float32]
    """As what is around it ends, where an interface frames it; not by a network."""
    of_words: NDArray[np.float32] = field(default_factory=lambda: np.zeros(3, np.float32))
    """As what is stamped over it says, which only those know that read the card; not by a network."""

    @property
    def odds(self) -> NDArray[np.float32]:
        """Of all evidence together (3,)."""
        return np.asarray(sum(getattr(self, one.name) for one in fields(self)), np.float32)

    @property
    def probabilities(self) -> tuple[float, float, float]:
        """Of the card itself, a print and a screen: they sum to 1."""
        odds = self.odds.astype(np.float64)
        shares = np.exp(odds - odds.max())
        card, copy, screen = (shares / shares.sum()).tolist()
        return card, copy, screen


class RiskNetworks:
    """Tells cards from prints and screens. Thread-safe; the networks load at the first use."""

    def __init__(self, threads: int = 0, models: Path = MODELS) -> None:
        self._threads = threads or available_cores()
        self._models = models
        self._loading = Lock()

    @cached_property
    def _beside(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._threads, thread_name_prefix="risk")

    @cached_property
    def _aside(self) -> ThreadPoolExecutor:
        """For what no network says; a look waits for it, and it for nothing."""
        return ThreadPoolExecutor(self._threads, thread_name_prefix="risk-aside")

    @cached_property
    def _networks(self) -> dict[str, CompiledNetwork]:
        return {
            name: CompiledNetwork(
                read_with_preprocessing(self._models / f"risk_{name}.onnx", _NO_MEAN, _BYTES, *inputs.values()),
                THREADS,
            )
            for name, inputs in NETWORKS.items()
        }

    def look(self, picture: Image, quad: Points, others: Sequence[Points] = ()) -> Presented:
        """What the card ``quad`` (corners from its own top left, pixels) of ``picture`` (BGR) looks like; ``others``
        are the cards beside it."""
        with self._loading:
            networks = self._networks
        with ExitStack() as stack, span("risk networks"):

            def begun(names: tuple[str, str], *views: Tensor) -> Callable[[], NDArray[np.float32]]:
                both = [(SHARES[name], stack.enter_context(networks[name].begun(*views))) for name in names]
                return lambda: np.asarray(sum(share * says()[0] for share, says in both), np.float32)

            pieces = pieces_of(picture, quad)
            pieces_say = begun(("grain", "pieces"), pieces, rest_of(pieces))
            small, small_quad = shrunk(picture, quad)
            scale = np.float32(small.shape[1] / picture.shape[1])
            cards = [small_quad, *(other * scale for other in others)]
            of_lattice = self._aside.submit(odds_of_lattice, picture, quad)
            of_frame = self._aside.submit(odds_of_frame, small, cards)
            view = context_of(small, small_quad)
            around_says = begun(("scene", "context"), view[None])
            edges_say = begun(("rim", "edges"), edges_of(small, small_quad))
            return Presented(
                of_colour=odds_of_colour(view),
                of_lattice=of_lattice.result(),
                of_frame=of_frame.result(),
                of_context=around_says(),
                of_edges=edges_say(),
                of_pieces=pieces_say(),
            )

    @contextmanager
    def looking(self, picture: Image, quad: Points, others: Sequence[Points] = ()) -> Iterator[Callable[[], Presented]]:
        """As ``look``, beside what the caller does; what is given waits for the answer."""
        looked = self._beside.submit(copy_context().run, self.look, picture, quad, others)
        try:
            yield looked.result
        finally:
            wait([looked])
