"""Word documents (OOXML), read from their XML: merged cells, tracked changes, automatic numbers, text boxes."""
