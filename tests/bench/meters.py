"""What an operation costs the machine: processor time of processes, statements and pages of the database."""

import os
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
STATEMENTS = """
SELECT coalesce(sum(calls) FILTER (WHERE query NOT LIKE '%% FROM ONLY %%FOR KEY SHARE OF x%%'), 0),
       coalesce(sum(shared_blks_hit + shared_blks_read), 0)
FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = %s)
    AND query NOT LIKE '%%INSERT INTO cases_casechange%%'
"""
"""The second look of PostgreSQL at foreign keys is no statement of the office, but its pages count. Notes of
changes belong to the statements whose triggers write them; alone the benchmark writes them."""


def read_processes(proc=PROC):
    """Every process by its number: its parent, and its ticks with those of its children that have ended."""
    found = {}
    for folder in proc.iterdir():
        if not folder.name.isdecimal():
            continue
        try:
            facts = (folder / "stat").read_text()
        except OSError:  # it has ended meanwhile, and its parent has its time
            continue
        words = facts.rpartition(")")[2].split()
        found[int(folder.name)] = int(words[1]), sum(map(int, words[11:15]))
    return found


def ticks_below(root, processes):
    """The ticks of a process and of everything it started."""
    ticks, family = 0, {root}
    while family:
        ticks += sum(processes[pid][1] for pid in family if pid in processes)
        family = {pid for pid, (parent, _ticks) in processes.items() if parent in family}
    return ticks


def processor_seconds(**roots):
    """Seconds of processor spent so far, by the name of the process at whose root they are counted."""
    processes = read_processes()
    return {name: ticks_below(root, processes) / TICKS for name, root in roots.items()}


class Statements:
    """The counters of pg_stat_statements; they live in the database ``postgres``, never in the office's."""

    def __init__(self, server, database):
        self.connection, self.database = server.connect(), database
        self.connection.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")

    def forget(self):
        """Begin anew."""
        self.connection.execute("SELECT pg_stat_statements_reset()")

    def read(self):
        """Statements and pages since the beginning."""
        sql, buffers = self.connection.execute(STATEMENTS, [self.database]).fetchone()
        return {"sql": int(sql), "buffers": int(buffers)}

    def close(self):
        """Leave nothing behind."""
        self.connection.execute("DROP EXTENSION pg_stat_statements")
        self.connection.close()
