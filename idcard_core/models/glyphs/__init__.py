"""Trains the network that judges one character: ``python -m idcard_core.models.glyphs.train``.

Needs PyTorch, onnx and onnxscript; reading cards needs none of them.
"""
