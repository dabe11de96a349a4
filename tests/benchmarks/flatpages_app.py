"""Flask-FlatPages serving Markdown files, as its documentation shows: for the record."""

from __future__ import annotations

import os

from flask import Flask, render_template
from flask_flatpages import FlatPages
from jinja2 import DictLoader

PAGE = """<!DOCTYPE html>
<html lang="en">
  <head><meta charset="utf-8"><title>{{ page.title }}</title></head>
  <body>
    <h1>{{ page.title }}</h1>
    {{ page.html|safe }}
  </body>
</html>
"""


def make_application() -> Flask:
    """Make the application; the environment names the folder of the pages."""
    app = Flask(__name__)
    app.config.update(FLATPAGES_ROOT=os.environ["FLATPAGES"], FLATPAGES_EXTENSION=".md")
    app.jinja_loader = DictLoader({"page.html": PAGE})
    pages = FlatPages(app)

    @app.get("/<path:path>/")
    def page(path: str) -> str:
        return render_template("page.html", page=pages.get_or_404(path))

    return app
