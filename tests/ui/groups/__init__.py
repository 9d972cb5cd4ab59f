"""Tests of groups in the window."""
