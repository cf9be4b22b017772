"""A small page that uses the shared parts, for test_parts."""
