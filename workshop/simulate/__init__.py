"""A room of simulated phones over HTTP: forms as they come, people with opinions, a seed."""
