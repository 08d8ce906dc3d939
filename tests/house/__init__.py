"""What `test_house.py` looks with: sources, catalogues, buttons and handlers, read as data."""
