"""Charts as display lists: what is drawn, what can be pointed at, and the same data as a table.

A maker is `(data, size, ruler, words) -> Picture`. It knows neither window nor paper; both draw the same picture.
"""
