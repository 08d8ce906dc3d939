"""Where SQL lives, and nowhere else: tables, queries, transactions, migrations."""
