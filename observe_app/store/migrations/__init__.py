"""Steps from each format of the file to the next. History: never changed, never importing schema or domain."""
