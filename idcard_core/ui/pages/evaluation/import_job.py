"""An import in the background: it goes on whatever is clicked meanwhile, and may be stopped."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from idcard_core.evaluate.importing.files import Files
from idcard_core.evaluate.importing.take_in import Destination, ImportReport, take_in
from idcard_core.evaluate.importing.trouble import ImportTrouble, Why
from idcard_core.evaluate.progress import Progress
from idcard_core.settings import Limits
from idcard_core.store.store import Store

_log = logging.getLogger(__name__)


class ImportJob:
    """One import; ``report`` once it is over, or ``why`` nothing at all was imported."""

    def __init__(self, name: str) -> None:
        self.name = name
        """The set's."""
        self.progress = Progress()
        self.report: ImportReport | None = None
        self.why: Why | None = None
        self.broke = False
        """The store gave way; what it has by then stays."""
        self.is_over = False

    def start(self, store: Store, source: Callable[[], Files], destination: Destination, limits: Limits) -> None:
        """Begin; ``source`` opens the files, in the background too."""

        def work() -> None:
            try:
                self.report = take_in(store, source(), destination, limits, self.progress)
            except ImportTrouble as trouble:
                self.why = trouble.why
            except Exception as error:  # the database or the disk; its message may hold a name
                _log.error("an import broke off: %s", type(error).__name__)
                self.broke = True
            finally:
                self.is_over = True

        threading.Thread(target=work, name="import", daemon=True).start()
