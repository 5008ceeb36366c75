"""Web pages and web archives: the text and tables of the document, apart from the page around it."""
