"""An attest slip as one JSON document: what was signed and the row of the log, provable without Timvis."""
