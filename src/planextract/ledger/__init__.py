"""The 台账: a flat sheet that people report in, written from an output and taken back as decisions and progress."""
