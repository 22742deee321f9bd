"""What a newcomer meets in `timvis serve` besides the months: all other kinds of work, laid up by the ordinary acts."""
