"""Conversations with a patient, in private."""
