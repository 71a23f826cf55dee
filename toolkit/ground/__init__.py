"""Ground: what every room stands on: languages, errors, files, engines. It knows neither the form nor filings."""
