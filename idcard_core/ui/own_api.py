"""The HTTP API in the dashboard's own process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from idcard_core.serve.api import Api
from idcard_core.settings import Settings
from idcard_core.ui import script

SCRIPT = Path(script.__file__).with_name("dashboard.py")
"""The dashboard, for ``st.App``."""
PATIENCE_S = 20.0
"""How long the first call waits for the workers: they start with it, so that a dashboard nobody calls has none."""


def own_api() -> Api:
    """The API, with the settings of this machine; no worker runs yet."""
    return Api(Settings(), patience=PATIENCE_S)


def life_of(api: Api) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """The lifespan of a server with ``api``: it ends the workers."""

    @asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await api.recogniser.stop()

    return lifespan
