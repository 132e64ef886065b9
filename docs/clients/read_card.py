"""Reads a card with httpx: ``python read_card.py FILE [front|back|auto]``.

IDCARD_API is the address of the API, IDCARD_KEY a key where it wants one.
"""

import base64
import os
import sys
import time
from pathlib import Path

import httpx

API = os.environ.get("IDCARD_API", "http://127.0.0.1:8000")
BUSY = 450


def read_card(file: str, side: str = "auto") -> dict:
    """The API's answer; waits and asks again while the service is busy."""
    form = {
        "image": base64.b64encode(Path(file).read_bytes()).decode(),
        "id_card_side": side,
        "detect_direction": "true",
    }
    headers = {"Authorization": f"APPCODE {os.environ.get('IDCARD_KEY', '')}"}
    with httpx.Client(base_url=API, timeout=30) as client:
        while (response := client.post("/ocr/idcard", data=form, headers=headers)).status_code == BUSY:
            time.sleep(float(response.headers["Retry-After"]))
    if response.is_error:
        raise SystemExit(f"{response.status_code}: {response.headers['X-Ca-Error-Message']}")
    return response.json()


if __name__ == "__main__":
    answer = read_card(*sys.argv[1:])
    for name, value in answer["msg"].items():
        print(f"{name}: {value}")
