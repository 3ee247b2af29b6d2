"""The peers of scripts/bench/sync_peers.py: each does the same work in its own way, a process per step."""
