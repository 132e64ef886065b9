"""Labelled pictures from elsewhere: folders, archives and uploaded files, with labels in the forms people have."""
