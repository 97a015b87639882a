import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django_application = get_wsgi_application()

# Its parts are Django's, which the line above has set up.
from newsroom.door import Door  # noqa: E402

application = Door(django_application)
