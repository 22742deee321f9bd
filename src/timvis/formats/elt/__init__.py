"""ELT: one assistant's month with one person as the XML that Försäkringskassan takes in (version 1.0.2)."""
