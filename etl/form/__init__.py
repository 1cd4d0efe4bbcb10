"""What a source, a header, a sheet and an export time are:
the forms everything else in etl speaks in. Reads no file of records."""
