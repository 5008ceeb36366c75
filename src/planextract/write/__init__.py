"""Door for results: the contract as code, Parquet and JSON parts, committed whole or not at all."""
