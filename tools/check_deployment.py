"""Ask Django and the house whether a deployment with every setting in place would be safe; no database."""

import base64
import json
import os
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOT_THEIRS = ("DATABASE_URL", "REDIS_URL", "IJM_", "DJANGO_", "SEALING_", "CONTEXT_", "DEMO", "HTTPS")


def environment():
    """What docker-compose.yml gives the web process, with made-up secrets."""
    master, index = (base64.b64encode(secrets.token_bytes(32)).decode() for _key in range(2))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(NOT_THEIRS)}
    return kept | {
        "IJM_PROCESS": "web",
        "DATABASE_URL_WEB": "postgresql://nobody@127.0.0.1:1/none",
        "REDIS_URL": f"redis://:{secrets.token_hex(16)}@127.0.0.1:1/0",
        "SECRET_KEY": secrets.token_hex(48),
        "SEALING_KEYS": json.dumps({"current": 1, "masters": {"1": master}, "index": index}),
        "CONTEXT_KEY_WEB": secrets.token_hex(32),
        "ALLOWED_HOSTS": "cases.example.org,localhost",
        "CSRF_TRUSTED_ORIGINS": "https://cases.example.org",
        "SITE_URL": "https://cases.example.org",
        "EMAIL_HOST": "mail.example.org",
        "EMAIL_USE_TLS": "1",
        "TRUSTED_PROXY_COUNT": "1",
    }


def main():
    """Run the checks of a deployment; any warning fails."""
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
