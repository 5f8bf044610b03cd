"""Documents made of figures and contents: PDF, XLSX and JSON. No query inside: names are passed in."""
