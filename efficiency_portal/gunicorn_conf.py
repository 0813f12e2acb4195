"""The web server's settings, for the demo and for production; every one can be overridden on the command line."""

import os
from pathlib import Path

bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "3"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60  # a large upload over a slow line is read by nginx first, so a minute is plenty
graceful_timeout = 20
keepalive = 5
# Each worker is replaced now and then, not all at once, which keeps memory flat.
max_requests = 2000
max_requests_jitter = 200
# Workers show they live through a file; on a disk that could block.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 a folder in memory, not a file name others can guess
# A request line longer than a search needs is an attack.
limit_request_line = 4094
control_socket_disable = True  # it would sit in the home folder, one for all portals of a user
accesslog = None  # nginx writes it; addresses of complainants need one log, not two
