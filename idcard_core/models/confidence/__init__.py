"""Fits how sure a value is to how often such values are right: ``python -m idcard_core.models.confidence.fit``.

Needs scikit-learn; reading cards does not.
"""
