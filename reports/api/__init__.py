"""The API of reporting: periods, obligations, filings, figures, compilations, issued files."""
