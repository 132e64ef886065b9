"""Lets go of uploaded files: Streamlit itself keeps each one until its session ends."""

from __future__ import annotations

from collections.abc import Iterable

from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx


def forget(tokens: Iterable[str]) -> None:
    """Drops the uploads called ``tokens`` (their ``file_id``) from Streamlit's memory; unknown ones are passed over."""
    context = get_script_run_ctx()
    if context is None or not isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        return
    for token in tokens:
        context.uploaded_file_mgr.remove_file(context.session_id, token)
