"""The same vault in a bucket of an S3-compatible store: a real server on this machine, over HTTP."""

import io
import logging
import os
import uuid

import boto3
import pytest
from moto.server import ThreadedMotoServer

from documents import vault
from reference.sealed import SealBroken, new_key

BUCKET = "ijm-documents"
ABOUT = uuid.uuid4()


@pytest.fixture(scope="module")
def server():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def bucket(server, settings, monkeypatch):
    """Documents go to a bucket, as DOCUMENTS_S3_BUCKET does in a deployment."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "tests")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "tests")
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    client = boto3.client("s3", endpoint_url=server, region_name="us-east-1")
    client.create_bucket(Bucket=BUCKET)
    options = {"bucket_name": BUCKET, "endpoint_url": server, "region_name": "us-east-1"}
    settings.STORAGES = {
        **settings.STORAGES,
        "documents": {"BACKEND": "documents.bucket.Bucket", "OPTIONS": options},
    }
    return client


def objects(client):
    return {row["Key"]: row["Size"] for row in client.list_objects_v2(Bucket=BUCKET).get("Contents", [])}


@pytest.mark.parametrize("size", [5, 20 * 1024 * 1024])
def test_what_is_put_into_the_bucket_is_taken_from_it(bucket, size):
    content, key = os.urandom(size), new_key()
    name = f"documents/{uuid.uuid4()}"
    kept, _digest = vault.put(io.BytesIO(content), size, key=key, about=ABOUT, name=name)
    assert kept == name
    assert name in vault.lying_there()
    assert b"".join(vault.take(kept, key=key, about=ABOUT)) == content
    whole = vault.padded(size + vault.LENGTH)
    count = -(-whole // vault.PIECE)
    assert objects(bucket)[name] == len(vault.FORM) + whole + count * vault.TAG
    answer = bucket.get_object(Bucket=BUCKET, Key=name)
    assert content not in answer["Body"].read()
    # Large ones go in parts, so that no more than a part is ever in memory.
    assert ("-3" in answer["ETag"]) == (size > 5)


def test_what_was_altered_in_the_bucket_does_not_open(bucket):
    key, name = new_key(), f"documents/{uuid.uuid4()}"
    vault.put(io.BytesIO(b"words"), 5, key=key, about=ABOUT, name=name)
    lying = bucket.get_object(Bucket=BUCKET, Key=name)["Body"].read()
    bucket.put_object(Bucket=BUCKET, Key=name, Body=lying[:-1] + b"?")
    with pytest.raises(SealBroken):
        list(vault.take(name, key=key, about=ABOUT))


def test_what_is_not_in_the_bucket_is_not_found(bucket):
    with pytest.raises(FileNotFoundError):
        list(vault.take("documents/nothing", key=new_key(), about=ABOUT))
