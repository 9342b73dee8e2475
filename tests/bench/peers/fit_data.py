"""Accounts of the fit of 13 clauses, as tables, and what our rules make of them."""

import made_up
import measure
import pyarrow


def table_of(columns, known):
    """As the peers hold it best: enums as dictionaries."""
    made = {}
    for name, values in columns.items():
        if name in made_up.ENUMS:
            made[name] = pyarrow.DictionaryArray.from_arrays(pyarrow.array(values.astype("int8")), pyarrow.array(made_up.ENUMS[name]))
        else:
            made[name] = pyarrow.array(values, mask=~known if name == "annual_revenue" else None)
    return pyarrow.table(made)


def as_read(table):
    """As it stands in files: with a key, texts for enums, decimals for money."""
    plain = [column.cast(pyarrow.string()) if pyarrow.types.is_dictionary(column.type) else column for column in table.columns]
    plain[1] = measure.money_of(plain[1])
    keys = pyarrow.array([f"acct_{i:08}" for i in range(len(table))])
    return pyarrow.table([keys, *plain], names=["id", *table.column_names])


def ours(build, table):
    """Score in hundredths, tier."""
    found = measure.our_answers(build, measure.rules_in("fit13.hpp"), {"accounts": as_read(table)}, "accounts")
    scores = [int(score * 100) for score in found["ideal_score"].to_pylist()]
    return list(zip(scores, found["ideal_tier"].to_pylist()))
