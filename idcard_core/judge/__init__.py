"""Judges the picture and the card: status, portrait, findings."""
