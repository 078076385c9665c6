"""Pictures of the demo shop. They are taken by the people of the tests, who speak with the shop's own words."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nitka.config.settings_test")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
django.setup()
