"""Call the API and read its contract."""
