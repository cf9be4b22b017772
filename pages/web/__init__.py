"""What every page needs from the server: its shell, its files, its live stream, its guard."""
