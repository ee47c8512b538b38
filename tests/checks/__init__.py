"""Checks of the repository's own text. Each takes a path and a text, so that a violation can be planted."""
