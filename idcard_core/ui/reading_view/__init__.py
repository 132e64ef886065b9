"""One recognition as pages show it: judgements, the picture with its boxes and layers, fields, and more."""
