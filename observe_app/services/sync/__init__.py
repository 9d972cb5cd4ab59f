"""The shared folder: keys, cards and letters, rounds between installations, who may read what."""
