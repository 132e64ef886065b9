"""The running average of a network's weights while it is trained."""

from __future__ import annotations

from idcard_core.models.locator.net import nn, torch


def follow(average: nn.Module, network: nn.Module, keep: float) -> None:
    """Move ``average`` towards ``network``; of its old weights the share ``keep`` stays. Counters are copied."""
    with torch.no_grad():
        for kept, new in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
            if kept.dtype.is_floating_point:
                kept.lerp_(new, 1 - keep)
            else:
                kept.copy_(new)
