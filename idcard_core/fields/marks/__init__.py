"""What was written or stamped over a card (仅限办理…使用, 复印无效, a seal): told from its print, and read through."""
