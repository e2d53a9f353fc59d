"""What schemathesis is told about Sightline: which things there are, what nobody may be told, and how much it did.

Environment: FUZZ_FOREIGN is an expression that nothing in an answer may match ('' where the caller may see all); FUZZ_TALLY is a file
to which one line is added for each answer, its status and its route; FUZZ_TOPOLOGIES are the names of the topologies that are stored.
"""

import os
import re

import schemathesis

FOREIGN = os.environ.get("FUZZ_FOREIGN", "")
TOPOLOGIES = os.environ["FUZZ_TOPOLOGIES"].split(",")
TALLY = open(os.environ["FUZZ_TALLY"], "a", buffering=1)
# What ends things would leave the rest of the run nothing to ask about.
ENDINGS = {("DELETE", "/v1/topologies/{name}"), ("POST", "/v1/topologies/{name}/prune")}
SOURCES = [
    {"cluster": "west", "namespace": "alpha", "workload": "client"},
    {"cluster": "west", "namespace": "alpha"},
    {"cluster": "east", "namespace": "alpha", "workload": "server"},
]
HOSTS = ["server", "server.alpha", "shared.example.com", "db.example.com", "canary-server.canary-ns"]


def pick(items, value):
    """One of them by what was drawn, so that equal draws are equal cases."""
    return items[hash(str(value)) % len(items)]


@schemathesis.serializer("application/x-tar")
def write_backup(context, value):
    """A backup is bytes; whatever was drawn in its place is sent as it is."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Of four names three are of topologies that there are, and of references to versions as many."""
    if not path_parameters or "name" not in path_parameters:
        return path_parameters
    operation = context.operation
    if (operation.method.upper(), operation.path) in ENDINGS:
        return path_parameters
    drawn = str(path_parameters)
    if hash(drawn) % 4 != 0:
        path_parameters["name"] = pick(TOPOLOGIES, drawn)
        if "ref" in path_parameters:
            path_parameters["ref"] = pick(["latest", "1"], drawn)
    return path_parameters


@schemathesis.hook
def map_body(context, body):
    """Some questions are about things that there are."""
    if not isinstance(body, dict) or hash(str(body)) % 2 == 0:
        return body
    asked = [body, *[call for call in body.get("calls", []) if isinstance(call, dict)]] if isinstance(body.get("calls", []), list) else [body]
    for part in asked:
        if isinstance(part.get("from"), dict):
            part["from"] = {**pick(SOURCES, part)}
        if isinstance(part.get("to"), dict):
            part["to"] = {**part["to"], "host": pick(HOSTS, part)}
    return body


def text_of(response):
    headers = "\n".join(f"{name}: {', '.join(values)}" for name, values in response.headers.items())
    return headers + "\n" + response.content.decode("utf-8", "replace")


@schemathesis.check
def tells_nothing_foreign(ctx, response, case):
    """Not a byte of another tenant's things, but for the host that the question itself named."""
    TALLY.write(f"{response.status_code} {case.method} {case.path}\n")
    if not FOREIGN:
        return
    found = re.search(FOREIGN, text_of(response).replace("canary-server.canary-ns", ""), re.IGNORECASE)
    if found:
        raise AssertionError(f"the answer tells of another tenant: {found.group(0)}")
