"""Finds the cards on a picture, their corners and turn, and rectifies them to the standard frame."""
