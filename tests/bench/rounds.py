"""Rounds: some clients ask one after the other for some seconds, and what it took is measured around them."""

import gc
import threading
import time
from contextlib import ExitStack

from cases.models import Case
from tests.bench.client import AnswerError, Line
from tests.bench.figures import round_of
from tests.bench.operations import BARE_SQL

SHOWN = 50
WARM = 4
"""How many rounds long the discarded one is: each connection has to plan what it is asked again and again."""
STEP = """
    INSERT INTO cases_casechange
        (place, xact, sign, commune_id, state, due_at, field_code, channel, reception_point_id)
        SELECT cases_place(), pg_current_xact_id()::text::bigint, sign, %s, 'registered',
               now() + interval '1 year', 'civil_status', 'counter', 0
        FROM (VALUES (-1), (1)) AS twice (sign)
"""
"""What a step leaves for the counts of the queue; as it takes away what it adds, no case has to be worn."""
LONGEST_COMPLAINT = 600


class Asking:
    """The requests of each client of one office, going on from round to round."""

    def __init__(self, crew):
        self.crew, self.going = crew, {}

    def of(self, operation, client):
        """The requests of an operation by one client."""
        key = operation.name, client
        if key not in self.going:
            self.going[key] = operation.requests(self.crew, client)
        return self.going[key]


class Web:
    """A client of the pages."""

    def __init__(self, asking, operation, client):
        office = asking.crew.office
        self.line = Line(office.bare_port if operation.is_bare else office.port)
        self.requests, self.operation = asking.of(operation, client), operation
        self.somebody = office.connect() if operation.follows_a_step else None
        self.commune = asking.crew.sample.commune

    def __enter__(self):
        self.line.open()
        return self

    def __exit__(self, *_):
        self.line.__exit__()
        if self.somebody:
            self.somebody.close()

    def ask(self):
        """One request; the size of its answer."""
        request = next(self.requests)
        if self.somebody:
            self.somebody.execute(STEP, [self.commune])
        answer = self.line.ask(request)
        if answer.status != self.operation.status:
            said = answer.body.decode("utf-8", "replace")[-LONGEST_COMPLAINT:]
            message = f"{self.operation.name}: {answer.status} to {request[:200]!r}\n{said}"
            raise AnswerError(message)
        return answer.size


class Sql:
    """A client of the database that asks for the first page of the queue and nothing else."""

    def __init__(self, asking, _operation, _client):
        office, commune = asking.crew.office, asking.crew.sample.commune
        shown = Case.objects.filter(commune_id=commune).running().as_queue_rows()
        self.statement = shown.order_by("due_at", "code")[: SHOWN + 1].query.sql_with_params()
        self.connection = office.connect()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()

    def ask(self):
        """The statement once; it has no size that compares with a page's."""
        self.connection.execute(*self.statement).fetchall()
        return 0


def measured(asking, operation, *, clients, seconds):
    """One round of one operation; each client asks once before, which writes its session's last use."""
    kind = Sql if operation.name == BARE_SQL else Web
    office = asking.crew.office
    with ExitStack() as stack:
        crew = [stack.enter_context(kind(asking, operation, client)) for client in range(clients)]
        for client in crew:
            client.ask()
        office.statements.forget()
        gc.collect()
        before, client_before = office.processor_seconds(), time.process_time()
        waits, sizes, lasted = together(crew, seconds)
        client = time.process_time() - client_before
        after = office.processor_seconds()
        spent = office.statements.read() | {name: after[name] - before[name] for name in after}
    return round_of(waits, lasted, spent | {"client": client, "bytes": sizes})


def together(crew, seconds):
    """Let each client ask until the time is over; wall times, bytes and the seconds until the last answer."""
    waits, sizes, problems = [], [], []
    began = time.perf_counter()
    until = began + seconds

    def work(client):
        try:
            while (start := time.perf_counter()) < until:
                sizes.append(client.ask())
                waits.append(time.perf_counter() - start)
        except (AnswerError, OSError) as problem:
            problems.append(problem)

    threads = [threading.Thread(target=work, args=(client,), daemon=True) for client in crew]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    return waits, sum(sizes), time.perf_counter() - began


def interleaved(askings, operations, *, clients, rounds, seconds, say):
    """Round by round, operation by operation, folder by folder.

    Before the first round each operation is asked by all clients for some rounds' time: caches fill, and each
    connection of the web, which are asked in turn, plans what it is asked again and again.

    Returns:
        Lists of rounds by folder, operation and number of clients.
    """
    found = {}
    for number in range(rounds + 1):
        for operation in operations:
            for many in clients if number else [max(clients)]:
                for asking in askings:
                    lasts = seconds if number else WARM * seconds
                    each = measured(asking, operation, clients=many, seconds=lasts)
                    name = asking.crew.office.name
                    say(
                        f"{number}/{rounds} {operation.name:<14} {many} × {name:<8}"
                        f" {each.per_second:8.1f}/s p95 {each.p95:7.1f} ms  sql {each.sql:5.1f}"
                        f" buffers {each.buffers:8.1f} cpu {each.web:6.2f} + {each.database:6.2f} ms"
                    )
                    if number:
                        found.setdefault((name, operation.name, many), []).append(each)
    return found
