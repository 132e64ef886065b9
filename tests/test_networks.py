"""Compiled networks."""

from __future__ import annotations

import sys

import pytest

from idcard_core.networks import CompiledNetwork
from idcard_core.text.openvino import read_recogniser


@pytest.mark.skipif(sys.platform != "linux", reason="only there OpenVINO ties threads to cores")
@pytest.mark.parametrize("streams", [1, 2])
def test_no_thread_is_tied_to_a_core(streams: int) -> None:
    """Those of several processes would all stand on the first core: two workers then kept 1.3 of two cores busy."""
    network = CompiledNetwork(read_recogniser(), 2, streams)
    assert network._compiled.get_property("ENABLE_CPU_PINNING") is False
