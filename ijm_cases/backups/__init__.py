"""The whole of the data in one sealed file that this machine can write and cannot read, and the way back."""


class BackupFailed(Exception):
    """No backup was made, or none was restored; the message says why and what to do."""
