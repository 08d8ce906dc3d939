"""The staff line: what is typed at the desk, and every reading it has. Begin at `line.py`."""
