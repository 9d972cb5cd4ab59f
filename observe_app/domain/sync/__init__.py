"""What is true of sharing through a folder: letters, segments, who may read and write, conflicts."""
