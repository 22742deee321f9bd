"""Letters: templates from TOML, and what is sent as tagged PDF with the same text as HTML beside it."""
