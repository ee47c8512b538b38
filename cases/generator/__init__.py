"""Invented cases in any number, written by bulk load and true to every rule of the office.

For measuring and for trying out at full size: the rows are those which the actions would have written, the
promises are those of the deadline engine, the money that of the fee engine, the histories are chained.
"""
