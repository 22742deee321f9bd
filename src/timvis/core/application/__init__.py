"""An application for the cost of an assistant's sickness: what it is judged on, what is found, what it comes to."""
