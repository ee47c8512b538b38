"""What the office kept, read past the application: nothing acknowledged is lost, nothing is there twice."""

import re
from collections import Counter

from tests.faults.clerks import signed_in

OURS = "Nguyễn Bền "
"""How the names of the citizens of a run begin."""
CASES = """
SELECT c.code, c.principal_name, c.version, p.gso_code, c.received_on, c.register_year, c.register_number
FROM cases_case c JOIN staff_commune p ON p.id = c.commune_id
"""
EVENTS = """
SELECT c.code, array_agg(e.seq ORDER BY e.seq), array_agg(e.kind ORDER BY e.seq)
FROM cases_caseevent e JOIN cases_case c ON c.id = e.case_id GROUP BY c.code
"""
DAYS = """
SELECT k.last, array_agg(right(c.code, 4 + greatest(length(c.code) - length(p.org_code) - 12, 0))::int
                         ORDER BY c.code)
FROM cases_dailycounter k JOIN staff_commune p ON p.id = k.commune_id
LEFT JOIN cases_case c ON c.commune_id = k.commune_id AND c.received_on = k.day
GROUP BY k.id
"""
BOOKS = """
SELECT k.last, array_agg(c.register_number ORDER BY c.register_number)
FROM cases_registercounter k
LEFT JOIN cases_case c ON c.commune_id = k.commune_id AND c.register_year = k.year
GROUP BY k.id
"""
LOOKER, COMMUNE = "thanh.nt", "15448"
"""Who sees every case of the commune in which all writers but one work."""
OPEN = """
SELECT count(*) FILTER (WHERE c.state <> 'resolved'), count(*) FILTER (WHERE c.state = 'registered'),
       count(*) FILTER (WHERE c.state = 'awaiting_approval'), count(*) FILTER (WHERE c.state = 'resolved')
FROM cases_case c JOIN staff_commune p ON p.id = c.commune_id
WHERE p.gso_code = %s AND (c.finished_at IS NULL OR c.state = 'resolved')
"""
SHOWN = r'view=(\w+)[^"]*"[^>]*><b class="[^"]*">([^<]*)</b>'
MOST_SHOWN, MORE = 1000, "hơn 1.000"
MESSAGES = "SELECT key, channel, status FROM cases_outboxmessage WHERE created_at >= %s"
NOTICES = "SELECT key, count(*) FROM cases_officernotice GROUP BY key"


def audit(place, writes, *, since):
    """Every way in which the database differs from what was acknowledged; empty lists where it does not.

    Args:
        writes: every acknowledged write of the run.
        since: the moment of the office's clock when the run began; earlier messages are not of this run.
    """
    with place.database() as rows:
        cases = rows.execute(CASES).fetchall()
        events = {code: list(zip(seqs, kinds, strict=True)) for code, seqs, kinds in rows.execute(EVENTS)}
        days, books = rows.execute(DAYS).fetchall(), rows.execute(BOOKS).fetchall()
        messages = rows.execute(MESSAGES, [since]).fetchall()
        notices = dict(rows.execute(NOTICES).fetchall())
        counts = rows.execute(OPEN, [COMMUNE]).fetchone()
    return {
        "lost": lost(writes, cases, events),
        "doubled": doubled(writes, cases, events),
        "gaps in histories": gaps_in_histories(cases, events),
        "gaps in serials": gaps(days),
        "gaps in register books": gaps(books),
        "messages lost": messages_lost(messages, place.gateway.sent, notices),
        "messages doubled": messages_doubled(place.gateway.asked, notices),
        "broken chains": broken_chains(place),
        "counts above the queue": untrue_counts(place, counts),
    }


def lost(writes, cases, events):
    """Acknowledged writes that are not there as they were acknowledged."""
    names = {code: name for code, name, *_rest in cases}
    return [
        write
        for write in writes
        if names.get(write.code) != write.name or (write.seq, write.kind) not in events.get(write.code, ())
    ]


def doubled(writes, cases, events):
    """Citizens with more cases than were acknowledged, steps that stand in a history more than once."""
    asked = Counter(write.name for write in writes if write.kind == "register")
    there = Counter(name for _code, name, *_rest in cases if name.startswith(OURS))
    steps = Counter((write.code, write.kind) for write in writes)
    written = Counter((code, kind) for code, history in events.items() for _seq, kind in history)
    more = [f"{name}: {there[name]} cases for {asked[name]}" for name in there if there[name] > asked[name]]
    ours = {write.code for write in writes}
    return more + [
        f"{code} {kind}: {number} times for {steps[code, kind]}"
        for (code, kind), number in written.items()
        if code in ours and number > steps[code, kind]
    ]


def gaps_in_histories(cases, events):
    """Cases whose events are not numbered 1, 2, 3 …, and ours where that is not the version of the case."""
    return [
        f"{code}: version {version}, events {events.get(code)}"
        for code, name, version, *_rest in cases
        for seqs in [[seq for seq, _kind in events.get(code, ())]]
        if seqs != list(range(1, len(seqs) + 1)) or (name.startswith(OURS) and version != len(seqs))
    ]


def gaps(counted):
    """Counters whose numbers are not 1, 2, 3 … up to the last one given."""
    return [
        f"last {last}, given {numbers}"
        for last, numbers in counted
        if sorted(numbers) != list(range(1, last + 1))
    ]


def messages_lost(messages, sent, notices):
    """Messages that neither the gateway nor an officer's list has under their key."""
    arrived = {"sms": sent, "in_app": notices}
    return [
        f"{key}: {status}"
        for key, channel, status in messages
        if status != "sent" or key not in arrived.get(channel, ())
    ]


def messages_doubled(asked, notices):
    """Messages that came under one key with two contents, and notices that stand in a list twice."""
    contents = {}
    for key, message in asked:
        contents.setdefault(key, set()).add(repr(message))
    several = [key for key, found in contents.items() if len(found) > 1]
    return several + [key for key, number in notices.items() if number > 1]


def broken_chains(place):
    """What ``verify_records`` finds, which recomputes the chain of every history."""
    code, said = place.command("verify_records")
    return [] if code == 0 else [said]


def untrue_counts(place, counts):
    """Counts above the queue that are not those of the cases behind them."""
    there = dict(zip(("open", "waiting", "signature", "ready"), counts, strict=True))
    looker = signed_in(place.url, LOOKER, place.passwords()[LOOKER])
    shown = dict(re.findall(SHOWN, looker.open("/ho-so/?view=open").text))
    return [
        f"{view}: {shown.get(view)} for {number}"
        for view, number in there.items()
        if shown.get(view) != (str(number) if number <= MOST_SHOWN else MORE)
    ]
