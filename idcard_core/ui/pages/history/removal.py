"""Deleting what was read: always asked for once more, and without a trace in the store."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from idcard_core.store.errors import StillInUse
from idcard_core.ui.kept import TROUBLES
from idcard_core.ui.kept_notice import trouble
from idcard_core.ui.pages.history.desk import Desk, Scope
from idcard_core.ui.strings import Texts


def ask_to_delete(count: int, delete: Callable[[], int], scope: Scope, desk: Desk, texts: Texts) -> None:
    """Opens a dialog that asks whether ``count`` readings are to go; ``delete`` tells how many went."""

    @st.dialog(texts("history.delete.title"))
    def dialog() -> None:
        st.write(texts("history.delete.ask", count=count))
        st.caption(texts(f"history.delete.{scope}"))
        with st.container(horizontal=True, horizontal_alignment="right"):
            if st.button(texts("history.delete.no"), key="history_delete_no"):
                st.rerun()
            if st.button(texts("history.delete.yes", count=count), type="primary", key="history_delete_yes"):
                if problem := _delete(delete, desk, texts):
                    st.error(problem)
                else:
                    st.rerun()

    dialog()


def _delete(delete: Callable[[], int], desk: Desk, texts: Texts) -> str:
    """Does it; what went wrong, or nothing."""
    try:
        desk.said = texts("history.deleted", count=delete())
    except StillInUse:
        desk.said = texts("history.deleted.traces")
    except TROUBLES as error:
        return texts(f"kept.{trouble(error)}")
    desk.opened = None
    return ""
