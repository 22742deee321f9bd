"""Timvis: from hours granted to hours performed to hours paid."""
