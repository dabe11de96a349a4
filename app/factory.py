"""The one place where the parts of the site meet."""

from __future__ import annotations

import datetime
import functools
from typing import TYPE_CHECKING

from flask import Flask
from jinja2 import StrictUndefined

from app.publishing.changes import days_of
from app.search.index import SearchIndex
from app.settings import drawing_names
from app.web import assets, cards, errors, headers, hosts, limiting, observing, rendering, structured
from app.web.articles import section_blueprint
from app.web.checker.store import LONGEST, SessionInterface
from app.web.checker.views import checker_blueprint, switched_off_blueprint
from app.web.discovery import discovery_blueprint
from app.web.health import health_blueprint
from app.web.offline import offline_blueprint
from app.web.openjson import openjson_blueprint
from app.web.picking import picking_blueprint
from app.web.searching import searching_blueprint
from app.web.sections import SECTIONS
from app.web.showcase import showcase_blueprint
from app.web.site import site_blueprint
from app.web.workings import drawn_of, weighing_addresses, workings_blueprints

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.checker.outcome import Checker
    from app.settings import Settings

LARGEST_FORM = 64 * 1024
MOST_FORM_PARTS = 500


def create_app(
    settings: Settings,
    checker: Checker,
    index: SearchIndex | None = None,
    tell_fault: Callable[[Exception], None] = observing.write_fault,
    is_crowded: Callable[[], bool] = lambda: False,
) -> Flask:
    """Make the site.

    Args:
        settings: what the operator decided.
        checker: the knowledge that is served.
        index: the search over it; without one it is made at the first search.
        tell_fault: is told of each fault of the site itself.
        is_crowded: tells whether more visitors come than can be answered.

    Returns:
        A WSGI application. It reads no file of the content after this.
    """
    app = Flask(__name__, static_folder=None, template_folder=str(settings.templates))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.secret_fallbacks),
        # What signs last in a list signs anew; what any of them signed is read.
        WTF_CSRF_SECRET_KEY=[*settings.secret_fallbacks, settings.secret_key],
        SESSION_COOKIE_NAME="nervewise",
        SESSION_COOKIE_PATH="/check",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.tls,
        PERMANENT_SESSION_LIFETIME=LONGEST,
        SESSION_REFRESH_EACH_REQUEST=False,
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=MOST_FORM_PARTS,
        WTF_CSRF_TIME_LIMIT=None,
        STATIC=settings.static,
        PUBLIC_ADDRESS=settings.address,
        EXPORTING=False,
        TODAY=lambda: datetime.datetime.now(datetime.UTC).date(),
    )
    app.session_interface = SessionInterface()
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    library = checker.library
    weighing = weighing_addresses(checker)
    app.jinja_env.globals.update(
        sections=SECTIONS,
        contact=settings.contact,
        checker_is_on=settings.checker,
        weighing_address=weighing,
    )
    headers.register(app)
    hosts.register(app, settings.hosts, settings.proxies)
    limits = limiting.Limits(settings.secret_key, settings.limits_storage) if settings.limits else None
    limiting.register(app, limits, is_crowded)
    assets.register(app)
    rendering.register(app, library)
    structured.register(app, library)
    cards.register(app)
    errors.register(app, tell_fault)
    observing.register(app)
    app.register_blueprint(health_blueprint(checker))
    app.register_blueprint(site_blueprint(library))
    drawn = {**drawn_of(checker), "changes": {"days": days_of(library)}}
    for section in SECTIONS:
        app.register_blueprint(section_blueprint(section, library, drawn))
    app.register_blueprint(picking_blueprint(library))
    app.register_blueprint(openjson_blueprint(library))
    app.register_blueprint(offline_blueprint(library, settings.packed))
    app.register_blueprint(
        searching_blueprint(
            library, functools.cache(lambda: index or SearchIndex.of(library, settings.cache))
        )
    )
    app.register_blueprint(discovery_blueprint(library, weighing, settings.contact, checker=settings.checker))
    for blueprint in workings_blueprints(checker):
        app.register_blueprint(blueprint)
    if settings.environment == "development":
        app.register_blueprint(showcase_blueprint(checker, drawing_names(settings.static), drawn))
    app.register_blueprint(checker_blueprint(checker) if settings.checker else switched_off_blueprint())
    return app
