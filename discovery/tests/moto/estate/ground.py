"""Accounts, regions, connections, and the table of what is true."""

import json
import threading
import urllib.request

import boto3
from botocore.config import Config

OWN = "123456789012"
OTHER = "111111111111"
ACCOUNTS = [OWN, OTHER]
REGIONS = ["eu-central-1", "eu-west-1", "us-east-1"]
COUNTRIES = {"eu-central-1": "DE", "eu-west-1": "IE", "us-east-1": "US"}
TIME, AGE = "$time", "$age"


class Estate:
    def __init__(self, port):
        self.endpoint = f"http://127.0.0.1:{port}"
        self.truth, self.lock = {}, threading.Lock()

    def place(self, account, region):
        keys = ("test", "test", None)
        if account != OWN:
            sts = self.client("sts", region, keys)
            role = sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/x", RoleSessionName="seed")["Credentials"]
            keys = (role["AccessKeyId"], role["SecretAccessKey"], role["SessionToken"])
        return Place(self, account, region, keys)

    def client(self, service, region, keys):
        extra = {"endpoint_url": self.endpoint}
        config = Config(s3={"addressing_style": "path"}, inject_host_prefix=False, retries={"max_attempts": 1})
        id, secret, token = keys
        with self.lock:
            session = boto3.session.Session(id, secret, token, region)
            return session.client(service, config=config, **extra)

    def write(self, file):
        with open(file, "w") as out:
            json.dump(self.truth, out, indent=1, sort_keys=True)


class Place:
    """One account in one region."""

    def __init__(self, estate, account, region, keys):
        self.estate, self.account, self.region, self.keys = estate, account, region, keys
        self.clients = {}

    def client(self, service):
        if service not in self.clients:
            self.clients[service] = self.estate.client(service, self.region, self.keys)
        return self.clients[service]

    def call(self, service, method, target, body):
        """A call past the SDK: moto does not mind who signs."""
        scope = f"{self.keys[0]}/20260101/{self.region}/{service}/aws4_request"
        headers = {
            "Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=h, Signature=s",
            "Content-Type": "application/xml", "x-amz-account-id": self.account,
        }
        request = urllib.request.Request(self.estate.endpoint + target, body.encode(), headers, method=method)
        urllib.request.urlopen(request).read()

    def is_first(self):
        """Whether what belongs to no region is seeded from here."""
        return self.region == REGIONS[0]

    def arn(self, service, resource):
        return f"arn:aws:{service}:{self.region}:{self.account}:{resource}"

    def account_id(self):
        return f"arn:aws:iam::{self.account}:root"

    def location(self):
        return {"region": self.region, "country": COUNTRIES[self.region]}

    def put(self, kind, id, properties):
        """A resource that must be found, with all that must be found of it. A second call adds properties."""
        with self.estate.lock:
            resource = self.estate.truth.setdefault(id, {"type": kind, "properties": {}})
            assert resource["type"] == kind, id
            resource["properties"].update(properties)
