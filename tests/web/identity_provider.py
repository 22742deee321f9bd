"""An identity provider that can lie: it answers where a request would leave the process, as each test wants it."""

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey
from requests import ConnectionError as NoConnection
from requests import PreparedRequest, Response

from timvis.gateways.identity.oidc import PERSONAL_NUMBER

ISSUER, CLIENT, SECRET = "https://id.example.se", "timvis", "a client secret of a length that a provider would accept"
LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"

KEY = RSAKey.generate_key(2048, {"kid": "ours", "use": "sig"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "ours", "use": "sig"})
UNKNOWN_KEY = RSAKey.generate_key(2048, {"kid": "unknown", "use": "sig"})

Claims = dict[str, Any]
Sign = Callable[[Claims], str]


@dataclass(slots=True)
class Asked:
    """What somebody's browser carried to the provider."""

    state: str
    nonce: str
    challenge: str
    redirect_uri: str
    acr_values: str


@dataclass(slots=True)
class Idp:
    """The provider: whom it will say came, how it signs that, and what it answers elsewhere."""

    number: str
    subject: str = "a-subject"
    change: Callable[[Claims], None] = lambda claims: None
    sign: Sign = lambda claims: signed(claims)
    answer: Callable[[dict[str, Any]], None] = lambda answer: None
    metadata: dict[str, Any] = field(default_factory=dict)
    is_down: bool = False
    code_is_used: bool = False
    asked: Asked | None = None

    def send(self, request: PreparedRequest) -> Response:
        """Answer a request of the application's."""
        if self.is_down:
            raise NoConnection("nobody there")
        path = urlsplit(request.url or "").path
        if path.endswith("/openid-configuration"):
            return _response(_METADATA | self.metadata)
        if path == "/keys":
            return _response(KeySet([KEY]).as_dict(private=False))
        return self._token(dict(parse_qsl(str(request.body))))

    def _token(self, form: dict[str, str]) -> Response:
        assert self.asked is not None
        challenge = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if self.code_is_used or form["code"] != "a-code" or challenge != self.asked.challenge:
            return _response({"error": "invalid_grant"}, status=400)
        self.code_is_used = True
        claims = self.claims()
        self.change(claims)
        answer = {
            "access_token": "an-access-token",
            "token_type": "Bearer",
            "expires_in": 300,
            "id_token": self.sign(claims),
        }
        self.answer(answer)
        return _response(answer)

    def claims(self) -> Claims:
        """Return what an honest token says."""
        assert self.asked is not None
        now = int(time.time())
        return {
            "iss": ISSUER,
            "sub": self.subject,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": self.asked.nonce,
            "acr": LOA3,
            PERSONAL_NUMBER: self.number,
        }

    def takes(self, url: str) -> Asked:
        """Remember what the application asked for when it sent somebody here."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        self.asked = Asked(
            asked["state"], asked["nonce"], asked["code_challenge"], asked["redirect_uri"], asked["acr_values"]
        )
        return self.asked


_METADATA = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
    "id_token_signing_alg_values_supported": ["RS256"],
}


def signed(claims: Claims, *, key: RSAKey = KEY, algorithm: str = "RS256", **header: Any) -> str:
    """Return a token signed by a key of the kind the provider has."""
    return jwt.encode({"alg": algorithm, "kid": key.kid, **header}, claims, key)


def signed_with_a_secret(claims: Claims, secret: str) -> str:
    """Return a token whose signature is a digest with a shared secret."""
    return jwt.encode({"alg": "HS256", "kid": "ours"}, claims, OctKey.import_key(secret))


def unsigned(claims: Claims) -> str:
    """Return a token that says it needs no signature."""
    return f"{_part({'alg': 'none', 'typ': 'JWT'})}.{_part(claims)}."


def with_other_claims(claims: Claims, **changes: Any) -> str:
    """Return an honest signature over claims that were exchanged afterwards."""
    header, _, signature = signed(claims).split(".")
    return f"{header}.{_part(claims | changes)}.{signature}"


def _part(content: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def _response(content: Any, *, status: int = 200) -> Response:
    response = Response()
    response.status_code = status
    response.headers["Content-Type"] = "application/json"
    response._content = json.dumps(content).encode()
    return response
