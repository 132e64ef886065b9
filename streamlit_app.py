"""The dashboard and the HTTP API in one process: ``streamlit run streamlit_app.py`` finds ``app``."""

import streamlit as st

from idcard_core.ui.own_api import SCRIPT, life_of, own_api

api = own_api()
app = st.App(SCRIPT, routes=api.routes(), lifespan=life_of(api))
