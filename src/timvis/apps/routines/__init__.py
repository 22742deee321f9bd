"""Published versions of the municipalities' routines."""
