"""The catalogue, its quotes and its deadlines for machines: public, reading only."""
