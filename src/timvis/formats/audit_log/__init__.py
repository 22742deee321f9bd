"""An exported log and its checkpoint: one JSON object per line, readable and verifiable anywhere."""
