"""Trains the networks that find cards: their data, their shape, the training program and the scores.

Only this package's ``train`` and ``net`` need PyTorch, which is no dependency of the project; the trained networks run
without it.
"""
