"""The web application, for gunicorn or any other WSGI server."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
