"""Identity providers: the real one over OpenID Connect, and a fake beside it."""
