"""Tests of Compare."""
