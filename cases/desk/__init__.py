"""The desk of who works with the queue: orders and pages, search, saved searches, acts on many cases, exports."""
