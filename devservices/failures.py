"""What goes wrong around the services, said so that the reader knows what to do."""


class ServiceFailure(Exception):
    """Something needed to run here is missing or did not start; the message says what to do."""
