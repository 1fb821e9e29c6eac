"""The SQL of the layers, written for Spark. The files are DuckDB's; nothing is kept twice.

sqlglot knows both dialects. What it leaves as it was is here: our macros, names of two parts, and the few
functions that Spark calls otherwise.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

SCHEMAS = ("reference", "deliveries", "staging", "marts")
WIDE = "DECIMAL(38, 0)"  # what a HUGEINT is there: sums of weights have up to 128 bits


@dataclass(frozen=True)
class Macro:
    """What stands for a call: the parameters by name, and the expression that they are put into."""

    parameters: tuple[str, ...]
    body: exp.Expr


def macros(statements: Iterable[str]) -> dict[str, Macro]:
    """The macros of these statements (`create macro name(parameter, …) as expression`), later ones last."""
    found = {}
    for created in (one for text in statements for one in sqlglot.parse(text, read="duckdb") if one):
        named = created.this
        found[named.this.name] = Macro(
            tuple(parameter.name for parameter in named.expressions), created.args["expression"]
        )
    return found


def view(schema: str, name: str) -> str:
    """The name of a table of ours there: a view of a session has no schema."""
    return f"{schema}_{name}"


def reads(sql: str) -> set[tuple[str, str]]:
    """The tables of ours that a statement reads, as schema and name."""
    tables = sqlglot.parse_one(sql, read="duckdb").find_all(exp.Table)
    return {(table.db, table.name) for table in tables if table.db in SCHEMAS}


def spark(sql: str, known: Mapping[str, Macro]) -> str:
    """One statement, read as DuckDB reads it, as Spark understands it. Raises SqlglotError."""
    tree = sqlglot.parse_one(sql, read="duckdb")

    def put_in(node: exp.Expr) -> exp.Expr:
        called = isinstance(node, exp.Anonymous) and node.name in known
        return _put_in(known[node.name], node.expressions) if called else node

    while any(call.name in known for call in tree.find_all(exp.Anonymous)):  # a macro may call another
        tree = tree.transform(put_in)
    return tree.transform(_other).sql("spark", comments=False, unsupported_level=sqlglot.ErrorLevel.RAISE)


def kind(duckdb_type: str) -> str:
    """A type of a column there: `VARCHAR` is `STRING`."""
    return _wide(exp.DataType.build(duckdb_type, dialect="duckdb")).sql("spark")


def _put_in(macro: Macro, arguments: list[exp.Expr]) -> exp.Expr:
    by_name = dict(zip(macro.parameters, arguments, strict=True))

    def argument(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column) and not node.table and node.name in by_name:
            return exp.paren(by_name[node.name].copy())
        return node

    return exp.paren(macro.body.copy().transform(argument))


def _wide(node: exp.DataType) -> exp.Expr:
    wide = node.this is exp.DataType.Type.INT128
    return exp.DataType.build(WIDE, dialect="spark") if wide else node


def _inside(node: exp.Expr) -> exp.Expr:
    """A part of what is another there: nothing looks into it once it stands in that."""
    return node.transform(_other)


def _other(node: exp.Expr) -> exp.Expr:
    """What one part of a statement is there, if it is another."""
    if isinstance(node, exp.Table) and node.db in SCHEMAS:
        table = exp.to_table(view(node.db, node.name))
        return exp.alias_(table, node.alias or node.name, table=True)
    if isinstance(node, exp.DataType):
        return _wide(node)
    # A row for each number is an expression by itself there, and the numbers are as wide as their bounds.
    if isinstance(node, exp.Cast) and isinstance(node.this, exp.Unnest | exp.Explode):
        return _inside(node.this)
    # A range ends before its end there too: sqlglot takes off a whole step, and so up to one value too many.
    if isinstance(node, exp.GenerateSeries) and node.args.get("is_end_exclusive") and node.args.get("step"):
        first, end, step = (_inside(node.args[each]) for each in ("start", "end", "step"))
        last = exp.Sub(this=exp.paren(end), expression=exp.Literal.number(1))
        numbers = exp.Anonymous(this="SEQUENCE", expressions=[first, last, step])
        ends = exp.GT(this=first.copy(), expression=last.copy())
        return exp.If(this=ends, true=exp.Array(expressions=[]), false=numbers)
    # A DECIMAL divided is a DECIMAL there, rounded.
    if isinstance(node, exp.Div):
        return exp.Div(
            this=exp.cast(_inside(node.this), "double"), expression=_inside(node.expression), typed=True
        )
    if isinstance(node, exp.Add) and isinstance(node.expression, exp.Anonymous):
        months = node.expression
        if months.name.lower() == "to_months":
            return exp.func("ADD_MONTHS", _inside(node.this), *map(_inside, months.expressions))
    # sqlglot quotes the separator for Java's regular expressions; ours is a comma.
    if isinstance(node, exp.Split):
        return exp.Anonymous(this="SPLIT", expressions=[_inside(node.this), node.expression])
    return node
