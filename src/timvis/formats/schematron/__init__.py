"""ISO Schematron: rules about a document, read, turned into one stylesheet and run."""
