"""The periods of the law: what starts them, how long they are, and which last day that gives. No database."""
