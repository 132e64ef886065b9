"""Fictional cards, drawn and photographed: the project's own test data, and its shipped samples.

Schematic art, a drawn figure, the word 样本 on every card and people who do not exist: what is drawn here cannot pass
for a real card.
"""
