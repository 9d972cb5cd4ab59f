"""Files in and out: tables of notes and people in; a visit as CSV, XLSX or JSON out."""
