"""The glossary: Swedish words for people, English names in the code."""
