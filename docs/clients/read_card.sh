#!/usr/bin/env bash
# Reads a card with curl: read_card.sh FILE [front|back|auto]
# IDCARD_API is the address of the API, IDCARD_KEY a key where it wants one.
set -euo pipefail
api=${IDCARD_API:-http://127.0.0.1:8000}
base64 -w0 "$1" | curl --silent --show-error --fail-with-body "$api/ocr/idcard" \
  --header "Authorization: APPCODE ${IDCARD_KEY:-}" \
  --data-urlencode image@- \
  --data id_card_side="${2:-auto}" \
  --data detect_direction=true
