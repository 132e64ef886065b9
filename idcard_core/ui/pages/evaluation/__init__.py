"""The page "Labels and evaluation": labelled sets, runs over them, what they came to, and two of them side by side."""
