"""Ask the web process of this container for /health/ as the proxy would; exit code 1 when a part is not well."""
# ruff: noqa: INP001 a script for the container, in no package

import http.client
import os
import sys

HOST = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".")

connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=8)
try:
    connection.request("GET", "/health/", headers={"Host": HOST, "X-Forwarded-Proto": "https"})
    response = connection.getresponse()
except OSError as error:
    sys.exit(str(error))
sys.stdout.write(response.read().decode())
sys.exit(response.status != 200)
