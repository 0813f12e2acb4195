"""The demo's invented county: agencies, people and matters, and the loader that walks them through the real actions."""
