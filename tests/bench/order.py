"""Puts the cases of a folder in the order in which they came: ``python3 -m tests.bench.order FOLDER …``.

A living office writes the cases of all communes as they come. ``generate_cases`` writes one commune after the
other, and each measurement moves cases to the end of the table; both would let a step of one case wear the
pages of its neighbours in the same queue. Half a minute for a million cases.
"""

import argparse
import time
from dataclasses import replace
from pathlib import Path

from config.services import postgres
from config.services.embedded import EmbeddedServices
from tests.bench.offices import held

QUICK = (
    *("autovacuum=off", "full_page_writes=off", "max_wal_senders=0", "max_wal_size=6GB"),
    *("synchronous_commit=off", "wal_level=minimal"),
)
ORDER = "cases_in_order_of_arrival"
STEPS = (
    "SET maintenance_work_mem = '1500MB'",
    f"CREATE INDEX {ORDER} ON cases_case (arrived_at, id)",
    f"CLUSTER cases_case USING {ORDER}",
    f"DROP INDEX {ORDER}",
    "VACUUM (ANALYZE) cases_case",
    "CHECKPOINT",
)


def put_in_order(path):
    """Write the table of cases anew, in the order in which they came; how many seconds it took."""
    began = time.monotonic()
    with held(path) as folder:
        services = EmbeddedServices(folder)
        services.postgres = replace(services.postgres, options=QUICK)
        database = services.start_postgres()
        try:
            with services.postgres.connect(postgres.DATABASE) as connection:
                for step in STEPS:
                    connection.execute(step)
        finally:
            postgres.stop(database)
    return time.monotonic() - began


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python3 -m tests.bench.order", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="data folders with cases")
    for each in parser.parse_args().folders:
        print(f"{each.name}: in the order of arrival after {put_in_order(each):.0f} s", flush=True)
