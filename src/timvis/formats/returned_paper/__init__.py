"""A printed paper that came back as a picture or a PDF."""
