"""What is held before the camera instead of a card: a print, or a screen that shows one; and the camera itself."""
