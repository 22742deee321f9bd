"""The web: office pages for those who handle and decide. A page is a route, a view and a template."""
