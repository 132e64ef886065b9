"""How this installation is set up, what it keeps, and how to change either."""
