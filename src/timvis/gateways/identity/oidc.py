"""The identity provider over OpenID Connect: where to send somebody, and who came back."""

from dataclasses import dataclass
from typing import Any, Final

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.django_client import OAuth
from django.http import HttpRequest
from joserfc.errors import JoseError

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


def client(provider: Provider) -> Any:
    """Return Authlib's client for a provider."""
    return OAuth().register(
        "provider",
        client_id=provider.client,
        client_secret=provider.secret,
        server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256"},
    )


def authorize_url(request: HttpRequest, provider: Provider, callback: str) -> str:
    """Return where to send somebody; state, nonce and the code verifier wait in the session."""
    app = client(provider)
    asked = app.create_authorization_url(callback)
    app.save_authorize_data(request, redirect_uri=callback, **asked)
    url: str = asked["url"]
    return url


def came_back(request: HttpRequest, provider: Provider) -> Came:
    """Return who came back. Raises `NotLetIn` when the answer fails any check."""
    try:
        token = client(provider).authorize_access_token(request)
    except (OAuthError, JoseError, ValueError) as error:
        raise NotLetIn("Inloggningen gick inte att bekräfta. Försök igen.") from error
    claims = token.get("userinfo") or {}
    if claims.get("acr") not in LEVELS:
        raise NotLetIn("E-legitimationen har för låg tillitsnivå. Använd en med tillitsnivå 3 eller högre.")
    number = personal_number(str(claims.get(PERSONAL_NUMBER, "")), today=clock.today())
    if isinstance(number, NumberProblem):
        raise NotLetIn("Inloggningen gick inte att bekräfta. Försök igen.")
    return Came(provider.issuer, str(claims["sub"]), number)
