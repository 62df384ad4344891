"""moto's AWS on a free port of the loopback, which is printed. Ends when standard input does.

Mends what moto answers in other shapes than AWS, fills its gaps (gaps.py), and fails on demand: `PUT /_faults` with a list of rules, which replace those
that stood. A rule is an object with `match`, a pattern that is searched for in `SERVICE REGION METHOD TARGET BODY`, and `do`:

- `refuse` (or any other answer): `status`, `code`
- `html`: a page for people
- `reset`: the connection breaks in the middle of the answer
- `stall`: no answer for `seconds`
- `replace`: `from` becomes `to` in the answer

`skip` calls pass before the rule holds, which is then for `first` calls, or for good. `GET /_faults` tells how often each rule did.
"""

import json
import os
import re
import socket
import struct
import sys
import threading
import time

os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

import gaps

ROOTS = {
    b"GetBucketVersioningResponse": b"VersioningConfiguration",
    b"GetBucketAccelerateConfigurationResponse": b"AccelerateConfiguration",
}


class Faults:
    def __init__(self):
        self.rules, self.lock = [], threading.Lock()

    def replace(self, rules):
        with self.lock:
            self.rules = [dict(rule, seen=0, done=0) for rule in rules]

    def find(self, line):
        with self.lock:
            for rule in self.rules:
                if re.search(rule["match"], line):
                    rule["seen"] += 1
                    at = rule["seen"] - rule.get("skip", 0)
                    if 0 < at <= rule.get("first", sys.maxsize):
                        rule["done"] += 1
                        return rule
        return None


class Application:
    def __init__(self):
        self.moto = DomainDispatcherApplication(create_backend_app)
        self.faults = Faults()

    def __call__(self, environ, start_response):
        body = read(environ)
        if environ["PATH_INFO"] == "/_faults":
            if environ["REQUEST_METHOD"] == "PUT":
                self.faults.replace(json.loads(body))
            told = json.dumps(self.faults.rules).encode()
            start_response("200 OK", [("content-type", "application/json"), ("content-length", str(len(told)))])
            return [told]
        service, region = signed_for(environ)
        target = environ["PATH_INFO"] + "?" + environ.get("QUERY_STRING", "")
        operation = environ.get("HTTP_X_AMZ_TARGET", "")
        line = f"{service} {region} {environ['REQUEST_METHOD']} {target} {operation} {body.decode('utf-8', 'replace')}"
        rule = self.faults.find(line)
        if rule:
            answer = fail(rule, service, environ, start_response)
            if answer is not None:
                return answer
        return self.answer(environ, start_response, rule)

    def answer(self, environ, start_response, rule):
        known = gaps.answer(self.moto, environ)
        if known is not None:
            out = json.dumps(known).encode()
            start_response("200 OK", [("content-type", "application/json"), ("content-length", str(len(out)))])
            return [out]
        told = []
        parts = self.moto(environ, lambda status, headers, *rest: told.append((status, headers)))
        out = b"".join(parts)
        status, headers = told[-1]
        for wrong, right in ROOTS.items():
            out = out.replace(b"<" + wrong, b"<" + right).replace(b"</" + wrong, b"</" + right)
        if rule:
            out = out.replace(rule["from"].encode(), rule["to"].encode())
        headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
        start_response(status, headers + [("Content-Length", str(len(out)))])
        return [out]


def read(environ):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = __import__("io").BytesIO(body)
    return body


def signed_for(environ):
    found = re.search(r"Credential=[^/]+/[^/]+/([^/]+)/([^/]+)/", environ.get("HTTP_AUTHORIZATION", ""))
    return (found[2], found[1]) if found else ("-", "-")


def fail(rule, service, environ, start_response):
    what = rule["do"]
    if what == "stall":
        time.sleep(rule["seconds"])
    elif what == "reset":
        connection = environ["werkzeug.socket"]
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 100000\r\n\r\n<Describe")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        # the handler still holds the connection, so that closing it would wait
        os.close(connection.detach())
        raise ConnectionError("as asked for")
    elif what == "html":
        start_response(f"{rule.get('status', 200)} Page", [("content-type", "text/html")])
        return [b"<!DOCTYPE html><html><body><h1>Welcome to the hotel</h1></body></html>"]
    elif what != "replace":
        return told(rule["status"], rule["code"], service, environ, start_response)
    return None


def told(status, code, service, environ, start_response):
    """An error in the shape of the service."""
    inner = f"<Error><Code>{code}</Code><Message>as asked for</Message></Error>"
    kind, text = "text/xml", f"<ErrorResponse>{inner}</ErrorResponse>"
    if service == "ec2":
        text = f"<Response><Errors>{inner}</Errors><RequestID>0</RequestID></Response>"
    elif service == "s3" and not environ["PATH_INFO"].startswith("/v20180820/"):
        text = inner
    elif "HTTP_X_AMZ_TARGET" in environ or service in ("lambda", "eks", "backup", "guardduty"):
        kind, text = "application/json", json.dumps({"__type": code, "message": "as asked for"})
    headers = [("content-type", kind), ("x-amzn-errortype", code), ("content-length", str(len(text)))]
    start_response(f"{status} Told", headers)
    return [text.encode()]


class Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, *_):
        pass


def main():
    server = make_server("127.0.0.1", 0, Application(), threaded=True, request_handler=Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()


main()
