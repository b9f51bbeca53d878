"""Reads columns of reflected tables and views, whose types have to be BIGINT: see tests/readers/tools.py."""

import sys

import sqlalchemy

engine = sqlalchemy.create_engine(f"sqlite:///file:{sys.argv[1]}?mode=ro&uri=true")
print(sqlalchemy.__version__)
catalog = sqlalchemy.MetaData()
catalog.reflect(engine, views=True)
keys = sum(len(table.foreign_keys) for table in catalog.tables.values())
print("foreign keys:", keys, file=sys.stderr)
with engine.connect() as ledger:
    for line in sys.stdin:
        name, column = line.split()
        reflected = catalog.tables[name].columns[column]
        assert isinstance(reflected.type, sqlalchemy.BIGINT), (name, column, reflected.type)
        for (value,) in ledger.execute(sqlalchemy.select(reflected)):
            print(name, column, "" if value is None else value)
