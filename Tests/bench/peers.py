#!/usr/bin/env python3
"""Loads decisions and messages from NDJSON into a store of the peer's own, typed and committed.

    peers.py PEER DECISIONS MESSAGES STORE        PEER: duckdb, polars, sqlite (orjson), sqlite-utils, pandas
"""

import pathlib
import subprocess
import sys

DECISION = ["id", "scope", "actor", "action", "rationale", "shopDomain", "externalRef", "createdAt"]
MESSAGE = ["id", "account_id", "conversation_id", "message_type", "private", "status", "created_at", "content"]


def duckdb(decisions, messages, store):
    import duckdb

    connection = duckdb.connect(store)
    kinds = "columns={'id':'BIGINT','scope':'VARCHAR','actor':'VARCHAR','action':'VARCHAR','rationale':'VARCHAR'," \
            "'shopDomain':'VARCHAR','externalRef':'VARCHAR','createdAt':'TIMESTAMP','payload':'JSON'}"
    connection.execute(f"create table decision as select * from read_json('{decisions}', format='newline_delimited', {kinds})")
    kinds = "columns={'id':'BIGINT','account_id':'BIGINT','conversation_id':'BIGINT','message_type':'JSON','private':'BOOLEAN'," \
            "'status':'VARCHAR','created_at':'JSON','content':'VARCHAR','sender':'JSON','content_attributes':'JSON'}"
    connection.execute(f"create table message as select * from read_json('{messages}', format='newline_delimited', {kinds})")
    rows = sum(connection.execute(f"select count(*) from {table}").fetchone()[0] for table in ("decision", "message"))
    connection.close()
    return rows


def polars(decisions, messages, store):
    import polars

    rows = 0
    for path, columns in ((decisions, DECISION), (messages, MESSAGE)):
        frame = polars.read_ndjson(path).select(columns)
        frame.write_parquet(f"{store}.{pathlib.Path(path).stem}")
        rows += len(frame)
    return rows


def lines(path, columns):
    import orjson

    with open(path, "rb") as file:
        for line in file:
            row = orjson.loads(line)
            yield [row.get(name) for name in columns]


def sqlite(decisions, messages, store):
    import sqlite3

    connection = sqlite3.connect(store)
    connection.executescript("pragma journal_mode = wal; pragma synchronous = full;")
    rows = 0
    for table, path, columns in (("decision", decisions, DECISION), ("message", messages, MESSAGE)):
        connection.execute(f"create table {table} ({', '.join(columns)}, unique (id))")
        places = ", ".join("?" for _ in columns)
        cursor = connection.executemany(f"insert or ignore into {table} values ({places})", lines(path, columns))
        rows += cursor.rowcount
    connection.commit()
    return rows


def sqlite_utils(decisions, messages, store):
    for table, path in (("decision", decisions), ("message", messages)):
        command = [sys.executable, "-m", "sqlite_utils", "insert", "--nl", "--flatten", "--ignore", "--alter", "--pk", "id", store, table, path]
        subprocess.run(command, check=True, capture_output=True)
    return sum(1 for path in (decisions, messages) for _ in open(path, "rb"))


def pandas(decisions, messages, store):
    import sqlite3

    import pandas

    connection = sqlite3.connect(store)
    rows = 0
    for table, path, columns in (("decision", decisions, DECISION), ("message", messages, MESSAGE)):
        frame = pandas.read_json(path, lines=True)[columns].astype(str)
        frame.to_sql(table, connection, index=False)
        rows += len(frame)
    connection.commit()
    return rows


PEERS = {"duckdb": duckdb, "polars": polars, "sqlite": sqlite, "sqlite-utils": sqlite_utils, "pandas": pandas}

if __name__ == "__main__":
    print(PEERS[sys.argv[1]](*sys.argv[2:5]))
