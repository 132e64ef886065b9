"""Starts the dashboard: ``streamlit run streamlit_app.py``."""

from idcard_core.ui.app import main

main()
