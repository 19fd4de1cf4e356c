"""Cases of the office hour: kept on this machine, known by their desk only, released as sources."""
