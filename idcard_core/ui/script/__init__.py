"""The file Streamlit runs, in a folder of its own: Streamlit puts that folder on Python's path, and takes a folder
``pages`` beside the file for pages of its own kind."""
