"""Attest: who holds which right on which day, who stands too near, and the slip that proves a signature."""
