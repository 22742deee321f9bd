"""A synthetic municipality in the database, for trying Timvis at size. Nobody in it exists."""
