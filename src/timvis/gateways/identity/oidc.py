"""The identity provider over OpenID Connect: where to send somebody, and who came back."""

from dataclasses import dataclass
from typing import Any, Final

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.django_client import OAuth
from django.http import HttpRequest
from joserfc.errors import JoseError
from requests.exceptions import RequestException

from timvis.config import clock
from timvis.core.identity import NumberProblem, personal_number

PERSONAL_NUMBER: Final = "https://id.oidc.se/claim/personalIdentityNumber"
LEVELS: Final = frozenset({"http://id.elegnamnden.se/loa/1.0/loa3", "http://id.elegnamnden.se/loa/1.0/loa4"})
"""The levels of assurance that reach person data: 3 or higher."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Where the provider is and who we are to it."""

    issuer: str
    client: str
    secret: str


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody came back: who she is to the provider, and her personal number."""

    issuer: str
    subject: str
    personal_number: str


class NotLetIn(ValueError):
    """The provider's answer is not one that anybody may come in on; the message is a Swedish sentence."""


_NOT_CONFIRMED: Final = "Inloggningen gick inte att bekräfta. Försök igen."
_NO_ANSWER: Final = "Inloggningstjänsten svarar inte. Försök igen om en stund."
_PATIENCE_SECONDS: Final = 10
_CANNOT_BE_TRUSTED: Final = (
    *(OAuthError, JoseError, ValueError, RuntimeError),
    # Authlib takes the shape of an answer for granted, and stumbles over null where a text should be.
    *(TypeError, LookupError, AttributeError),
)


def client(provider: Provider) -> Any:
    """Return Authlib's client for a provider."""
    return OAuth().register(
        "provider",
        client_id=provider.client,
        client_secret=provider.secret,
        server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile",
            "code_challenge_method": "S256",
            "default_timeout": _PATIENCE_SECONDS,
        },
    )


def authorize_url(request: HttpRequest, provider: Provider, callback: str) -> str:
    """Return where to send somebody; state, nonce and the code verifier wait in the session.

    Raises `NotLetIn` when the provider does not answer.
    """
    app = client(provider)
    try:
        asked = app.create_authorization_url(callback, acr_values=" ".join(sorted(LEVELS)))
    except (RequestException, ValueError, RuntimeError) as error:
        raise NotLetIn(_NO_ANSWER) from error
    app.save_authorize_data(request, redirect_uri=callback, **asked)
    url: str = asked["url"]
    return url


def came_back(request: HttpRequest, provider: Provider) -> Came:
    """Return who came back. Raises `NotLetIn` when the answer fails any check."""
    # Authlib trusts the issuer that the metadata names, and another audience when `azp` is ours. We ask for our own.
    must = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client},
        "nonce": {"essential": True},
    }
    try:
        token = client(provider).authorize_access_token(request, claims_options=must)
    except RequestException as error:
        raise NotLetIn(_NO_ANSWER) from error
    except _CANNOT_BE_TRUSTED as error:
        raise NotLetIn(_NOT_CONFIRMED) from error
    claims = token.get("userinfo") or {}
    level = claims.get("acr")
    if not isinstance(level, str) or level not in LEVELS:
        raise NotLetIn("E-legitimationen har för låg tillitsnivå. Använd en med tillitsnivå 3 eller högre.")
    subject, said = claims["sub"], claims.get(PERSONAL_NUMBER)
    number = personal_number(said, today=clock.today()) if isinstance(said, str) else NumberProblem.WRONG_FORM
    if isinstance(number, NumberProblem) or not isinstance(subject, str) or not subject:
        raise NotLetIn(_NOT_CONFIRMED)
    return Came(provider.issuer, subject, number)
