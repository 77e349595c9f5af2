"""A real object store on this machine: a server that speaks S3, in a process of its own."""

import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any, Self

import boto3

from generator.publish.place import COPY_NAME
from waiting import wait_until

ACCESS = {"AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench", "AWS_DEFAULT_REGION": "us-east-1"}


class ObjectStore:
    """A server with one bucket, `news`; it ends with the block that it is used in."""

    def __enter__(self) -> Self:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
        self._server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.environment = {**ACCESS, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"}
        wait_until(self._answers)
        self.client: Any = boto3.client(
            "s3",
            endpoint_url=self.environment["AWS_ENDPOINT_URL"],
            region_name=ACCESS["AWS_DEFAULT_REGION"],
            aws_access_key_id="bench",
            aws_secret_access_key="bench",
        )
        self.client.create_bucket(Bucket="news")
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()
        self._server.kill()
        self._server.wait()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.environment["AWS_ENDPOINT_URL"], timeout=1):
                return True
        except OSError:
            return False

    def start_build(self, root: Path, output: str, *words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "generator", "build", str(root), "--output", output, *words]
        environment = {**os.environ, **self.environment}
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def keys(self, prefix: str) -> list[str]:
        """The paths of all objects below a prefix of the bucket."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket="news", Prefix=prefix)
        return [one["Key"].removeprefix(prefix) for page in pages for one in page.get("Contents", ())]

    def files(self, prefix: str) -> dict[str, bytes]:
        """Every object below a prefix by path, without the copy of the manifest."""
        paths = (path for path in self.keys(prefix) if path != COPY_NAME)
        return {path: self.client.get_object(Bucket="news", Key=prefix + path)["Body"].read() for path in paths}

    def media_type(self, key: str) -> str:
        return str(self.client.head_object(Bucket="news", Key=key)["ContentType"])
