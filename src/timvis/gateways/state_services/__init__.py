"""The state's other electronic services: off, because what they want is not publicly known. What is missing is said."""
