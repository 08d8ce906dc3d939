"""The clinic's rules and use cases. Start at `ports.py`: it is what the clinic remembers."""
