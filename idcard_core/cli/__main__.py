"""``python -m idcard_core.cli``."""

from idcard_core.cli import main

main()
