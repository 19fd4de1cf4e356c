"""Quality and speed, measured; each command writes JSON under `benchmarks/results/`."""
