"""The web application, as granian (or any WSGI server) loads it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nitka.config.settings")

from django.core.wsgi import get_wsgi_application

from nitka.config.supervision import die_with_parent
from nitka.config.warming import warmed_up
from nitka.ground.web.health import with_probes

application = with_probes(warmed_up(get_wsgi_application()))
die_with_parent()
