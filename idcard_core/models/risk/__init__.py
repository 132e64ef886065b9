"""Trains the networks that tell a card from a print or a screen; their model card is ``models/risk.md``."""
