"""What Python's own reader finds in a mail: mail.py FILE prints JSON. Needs nothing besides Python."""
import email
import email.policy
import hashlib
import json
import sys

with open(sys.argv[1], "rb") as file:
    message = email.message_from_binary_file(file, policy=email.policy.default)
defects = [f"{part.get_content_type()}: {defect!r}" for part in message.walk() for defect in part.defects]
defects += [f"{name}: {defect!r}" for name, value in message.items() for defect in value.defects]
attached = {
    part.get_filename(): hashlib.sha256(part.get_payload(decode=True)).hexdigest()
    for part in message.iter_attachments()
}
print(json.dumps({
    "subject": message["subject"],
    "from": [address.addr_spec for address in message["from"].addresses],
    "to": [address.addr_spec for address in message["to"].addresses],
    "date": message["date"].datetime.isoformat(),
    "body": message.get_body(("plain",)).get_content(),
    "attachments": attached,
    "defects": defects,
}))
