"""Hand in a picture and see everything that was read."""
