"""A run as files: CSV, JSON lines, Excel, and a report in HTML that needs nothing beside itself."""
