"""The web application, as granian (or any WSGI server) loads it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nitka.config.settings")

from django.core.wsgi import get_wsgi_application

from nitka.config import environment
from nitka.config.crowd import at_most
from nitka.config.supervision import die_with_parent
from nitka.config.warming import warmed_up
from nitka.ground.web.health import with_probes

django = get_wsgi_application()

from nitka.faces.api.collect import with_collection  # noqa: E402  (needs Django's apps)

pages = at_most(environment.WEB_THREADS.number, warmed_up(django))
application = with_probes(with_collection(pages))
die_with_parent()
