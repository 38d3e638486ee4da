"""One operation of boto3 against the store: boto3_steps.py <operation> <endpoint> <bucket> <folder>."""

import os
import sys
import urllib.request

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config

operation, endpoint, bucket, folder = sys.argv[1:]
config = Config(signature_version="s3v4", s3={"addressing_style": "path"})
s3 = boto3.client("s3", endpoint_url=endpoint, config=config)
path = os.path.join(folder, "boto3")


def put():
    s3.put_object(Bucket=bucket, Key="a b/ü", Body=b"hello", Metadata={"owner": "ada"})


def get():
    answer = s3.get_object(Bucket=bucket, Key="a b/ü")
    assert answer["Body"].read() == b"hello"
    assert answer["Metadata"] == {"owner": "ada"}
    assert s3.get_object(Bucket=bucket, Key="a b/ü", Range="bytes=1-2")["Body"].read() == b"el"


def list_():
    assert [each["Key"] for each in s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["a b/ü"]
    assert len(s3.list_objects(Bucket=bucket)["Contents"]) == 1
    assert bucket in [each["Name"] for each in s3.list_buckets()["Buckets"]]


def multipart():
    data = os.urandom(20 * 1024 * 1024)
    with open(path, "wb") as file:
        file.write(data)
    transfer = TransferConfig(multipart_threshold=8 * 1024 * 1024, multipart_chunksize=8 * 1024 * 1024)
    s3.upload_file(path, bucket, "large", Config=transfer)
    s3.download_file(bucket, "large", f"{path}.back", Config=transfer)
    with open(f"{path}.back", "rb") as file:
        assert file.read() == data


def abort():
    upload = s3.create_multipart_upload(Bucket=bucket, Key="aborted")["UploadId"]
    s3.upload_part(Bucket=bucket, Key="aborted", UploadId=upload, PartNumber=1, Body=b"x")
    assert len(s3.list_parts(Bucket=bucket, Key="aborted", UploadId=upload)["Parts"]) == 1
    s3.abort_multipart_upload(Bucket=bucket, Key="aborted", UploadId=upload)
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=bucket)


def copy():
    s3.copy({"Bucket": bucket, "Key": "large"}, bucket, "copy", Config=TransferConfig(multipart_threshold=8 * 1024 * 1024))
    assert s3.head_object(Bucket=bucket, Key="copy")["ContentLength"] == 20 * 1024 * 1024


def presigned():
    url = s3.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "presigned"})
    urllib.request.urlopen(urllib.request.Request(url, data=b"hello", method="PUT", headers={"content-type": ""}))
    url = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "presigned"})
    assert urllib.request.urlopen(url).read() == b"hello"


def delete():
    keys = [{"Key": each["Key"]} for each in s3.list_objects_v2(Bucket=bucket)["Contents"]]
    s3.delete_objects(Bucket=bucket, Delete={"Objects": keys})
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


{"list": list_}.get(operation, globals().get(operation))()
