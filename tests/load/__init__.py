"""Load runs: commands that print figures, not tests that time themselves."""
