"""Where an upload lies while it is looked at: in a file without a name, gone with the process."""

import tempfile

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class UnnamedFile(UploadedFile):
    """An upload on disk that no other program can find and no crash leaves behind."""

    def __init__(self, name, content_type, charset, content_type_extra=None):
        file = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115  Django closes it
        super().__init__(file, name, content_type, 0, charset, content_type_extra)


class UnnamedFileUploadHandler(FileUploadHandler):
    """Keeps large uploads in unnamed files; of one beyond the limit only the length is kept."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.file = UnnamedFile(self.file_name, self.content_type, self.charset, self.content_type_extra)

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) <= settings.DOCUMENT_MAX_BYTES:
            self.file.write(raw_data)

    def file_complete(self, file_size):
        self.file.seek(0)
        self.file.size = file_size
        return self.file

    def upload_interrupted(self):
        if getattr(self, "file", None):
            self.file.close()
