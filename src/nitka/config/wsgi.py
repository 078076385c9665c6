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
from nitka.faces.storefront.anonymous import with_ready_pages  # noqa: E402

pages = at_most(environment.WEB_THREADS.number, warmed_up(django))
ready = with_ready_pages(pages, environment.PAGE_CACHE.number * 1024**2)
application = with_probes(with_collection(ready))
die_with_parent()
