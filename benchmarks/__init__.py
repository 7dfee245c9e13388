"""What azcond costs, and the floors beside it in the same run: `python -m benchmarks`."""
