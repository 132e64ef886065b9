"""Fits the rule that tells where the recogniser's last layer is needed: ``python -m idcard_core.models.blanks.fit``.

Needs scikit-learn; reading cards does not.
"""
