"""The agency reports the outcome, with the stamped scan of its report."""
