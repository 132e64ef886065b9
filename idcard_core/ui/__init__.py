"""The dashboard: pages, panels, and one module of strings. The only part of the project that imports streamlit."""
