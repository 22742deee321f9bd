"""The real way: SOAP over HTTPS with the supplier's certificate, to the address that was handed out."""

import http.client
import ssl
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlsplit

from timvis.formats.elt_message.write import ACTION
from timvis.gateways.elt.channel import NotReceived, OutcomeUnknown
from timvis.gateways.lock import alone_in

TIMEOUT_SECONDS = 60
MOST_BYTES = 1024 * 1024
_HAS_AN_ANSWER = (200, 500)
"""SOAP 1.1 over HTTP: a receipt comes with 200, a fault with 500. Anything else says nothing of the report."""


class WrongAddress(ValueError):
    """The address is not one over HTTPS."""


class HttpsElt:
    """Sends to one address. `certificate` is a PEM file with the client's certificate and key."""

    def __init__(self, address: str, certificate: Path, folder: Path) -> None:
        parts = urlsplit(address)
        if parts.scheme != "https" or not parts.hostname:
            raise WrongAddress("the address of the service begins with https:// and names a host")
        self._host, self._port, self._path = parts.hostname, parts.port or 443, parts.path or "/"
        self._folder = folder
        self._context = ssl.create_default_context()
        self._context.load_cert_chain(certificate)

    def alone(self) -> AbstractContextManager[bool]:
        """Hold the channel for one run; False while another run has it."""
        return alone_in(self._folder)

    def send(self, message: bytes) -> bytes:
        """Return the answer. Nothing has left before there is a connection; after that only an answer tells."""
        connection = http.client.HTTPSConnection(self._host, self._port, timeout=TIMEOUT_SECONDS, context=self._context)
        try:
            try:
                connection.connect()
            except OSError as error:
                raise NotReceived(str(error)) from error
            headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{ACTION}"'}
            try:
                connection.request("POST", self._path, body=message, headers=headers)
                answer = connection.getresponse()
                content = answer.read(MOST_BYTES)
            except (OSError, http.client.HTTPException) as error:
                raise OutcomeUnknown(str(error)) from error
        finally:
            connection.close()
        if answer.status not in _HAS_AN_ANSWER:
            raise OutcomeUnknown(f"HTTP {answer.status}")
        return content
