"""Documents in a bucket of an S3-compatible store. What lies there is sealed before it gets there."""

from boto3.s3.transfer import TransferConfig
from storages.backends.s3 import S3Storage

MEGABYTE = 1024 * 1024


class Bucket(S3Storage):
    """Writes and reads in one thread, piece by piece: with more, parts of 8 MB pile up in memory."""

    def get_default_settings(self):
        return super().get_default_settings() | {
            "file_overwrite": False,
            "max_memory_size": MEGABYTE,
            "transfer_config": TransferConfig(use_threads=False),
        }
