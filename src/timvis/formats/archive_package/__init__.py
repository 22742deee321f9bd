"""The sealed package of one claim: everything it rests on, with digests, in the shape archives exchange."""
