"""What a run over a labelled set came to: figures, the cards behind each, two runs side by side, and exports."""
