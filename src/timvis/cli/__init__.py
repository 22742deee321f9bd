"""The command line: one module per noun, `timvis NOUN VERB`, answers as the command contract says."""
