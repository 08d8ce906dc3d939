"""What people press and say. Start at `routes.py`; one file is one conversation."""
