"""Turns a template and some data into a picture or a PDF, in a child process that hostile text cannot hurt us through.

`RenderPool().render(Job("documents/memo.typ", {...}, format="pdf"))` is all that posters and documents need.
"""

from saisaat.typesetting.errors import RenderFailed, RenderRefused
from saisaat.typesetting.job import Job, Overflow, Rendered
from saisaat.typesetting.pool import RenderPool

__all__ = ["Job", "Overflow", "RenderFailed", "RenderPool", "RenderRefused", "Rendered"]
