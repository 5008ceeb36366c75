"""Results of other document parsers, as JSON: their tables get our stitching, repair and resolution."""
