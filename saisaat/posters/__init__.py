"""Posters: from a `PosterSpec` to image bytes. No database."""
