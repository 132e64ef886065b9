"""A picture to look into: zoom and pan, boxes that belong to fields of the page, layers, a box drawn by hand."""
