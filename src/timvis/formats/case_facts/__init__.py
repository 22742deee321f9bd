"""Case facts: what the municipality knows about a case, as a file, so that a report can be reviewed alone."""
