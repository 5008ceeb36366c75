"""The reading page: a plan as printed, by body, by deadline, with the reasons behind each row, in one file."""
