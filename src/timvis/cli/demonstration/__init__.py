"""`timvis demo`: the example municipalities taken through the seven stations by the ordinary acts."""
