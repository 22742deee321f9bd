"""Time reports out to the state: frozen as they were signed, queued by a person, sent once, with the receipt."""
