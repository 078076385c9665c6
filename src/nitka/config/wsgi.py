"""The web application, as granian (or any WSGI server) loads it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nitka.config.settings")

from django.core.wsgi import get_wsgi_application

from nitka.config.supervision import die_with_parent
from nitka.config.warming import warmed_up
from nitka.ground.web.health import with_probes

django = get_wsgi_application()

from nitka.faces.api.collect import with_collection  # noqa: E402  (needs Django's apps)

application = with_probes(with_collection(warmed_up(django)))
die_with_parent()
