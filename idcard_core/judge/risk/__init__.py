"""Whether a card lay before the camera, a print of one, or a screen that showed one."""
