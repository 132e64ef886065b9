"""Text engines behind one protocol, and the decoding of what they see."""
