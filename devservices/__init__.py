"""The embedded PostgreSQL and Valkey, and everything that starts around them on one machine."""
