"""The office measured: pages over HTTP at several sizes, beside bare limits, in interleaved rounds.

A command, not a test: ``python3 -m tests.bench --help``; what is measured and why so: decision 0015.
"""
