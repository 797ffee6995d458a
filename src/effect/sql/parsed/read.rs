//! A parsed statement: what it does to which objects. What no rule asks for is left to the reading by tokens.

use super::condition::always_holds;
use super::stream::marked;
use crate::effect::sql::statement::{Found, Undo};
use crate::value::Match;
use sqlparser::ast::{
    AlterTableOperation, CopySource, CopyTarget, Delete, Expr, FromTable, Ident, IfStatement, Insert, Merge,
    MergeAction, MergeClause, MergeClauseKind, ObjectName, ObjectType, Query, SetExpr, SqliteOnConflict,
    Statement, TableFactor, TableObject, TableWithJoins, Update, UtilityOption,
};

/// Adds what the statement does. Its depth is bounded by that of the parser.
pub(super) fn read(statement: &Statement, out: &mut Vec<Found>) {
    use Statement as S;
    match statement {
        S::Query(query) => inside(query, out),
        S::Delete(delete) => removed(delete, out),
        S::Update(update) => updated(update, out),
        S::Insert(insert) => inserted(insert, out),
        S::Merge(merge) => merged(merge, out),
        S::Truncate(truncate) => {
            let names = truncate.table_names.iter().map(|target| name(&target.name)).collect();
            push(out, "truncate", names, Undo::Definition);
        }
        S::Drop { object_type, names, temporary, .. } => {
            let undo = if *object_type == ObjectType::Database { Undo::Never } else { Undo::Definition };
            let kind = object_type.to_string().to_lowercase();
            let kind = if *temporary { format!("drop temporary {kind}") } else { format!("drop {kind}") };
            push(out, &kind, names.iter().map(name).collect(), undo);
        }
        S::DropFunction(drop) => {
            let names = drop.func_desc.iter().map(|function| name(&function.name)).collect();
            push(out, "drop function", names, Undo::Definition);
        }
        S::DropProcedure { proc_desc, .. } => {
            let names = proc_desc.iter().map(|procedure| name(&procedure.name)).collect();
            push(out, "drop procedure", names, Undo::Definition);
        }
        S::DropExtension(drop) => {
            push(out, "drop extension", drop.names.iter().map(part).collect(), Undo::Definition);
        }
        S::DropTrigger(drop) => {
            push(out, "drop trigger", vec![name(&drop.trigger_name)], Undo::Definition);
        }
        S::AlterTable(alter) => {
            let kinds = alter.operations.iter().filter_map(altered);
            kinds.for_each(|kind| push(out, kind, vec![name(&alter.name)], Undo::Definition));
        }
        S::RenameTable(renames) => {
            // `RENAME TABLE a TO b`: the first name, as the other reading has it.
            let names = renames.first().map(|rename| name(&rename.old_name)).into_iter().collect();
            push(out, "rename table", names, Undo::Never);
        }
        S::CreateTable(create) if create.or_replace => {
            push(out, "create or replace table", vec![name(&create.name)], Undo::Definition);
        }
        S::CreateDatabase { db_name, or_replace: true, .. } => {
            push(out, "create or replace database", vec![name(db_name)], Undo::Definition);
        }
        S::Copy { source, to, target, .. } => copied(source, *to, target, out),
        S::Vacuum(vacuum) if vacuum.full => {
            push(out, "vacuum full", vacuum.table_name.iter().map(name).collect(), Undo::Never);
        }
        S::Explain { analyze, options, statement, .. }
            if *analyze || options.iter().flatten().any(analyzes) =>
        {
            read(statement, out);
        }
        S::If(branches) => branched(branches, out),
        S::StartTransaction { statements, .. } => statements.iter().for_each(|inner| read(inner, out)),
        _ => {}
    }
}

fn push(out: &mut Vec<Found>, kind: &str, objects: Vec<String>, undo: Undo) {
    out.push(Found { kind: kind.to_owned(), objects, without_where: Match::Certain, undo });
}

/// The statements in a query that change something.
fn inside(query: &Query, out: &mut Vec<Found>) {
    let tables = query.with.iter().flat_map(|with| &with.cte_tables);
    tables.for_each(|table| inside(&table.query, out));
    match &*query.body {
        SetExpr::Insert(inner) | SetExpr::Update(inner) | SetExpr::Delete(inner) | SetExpr::Merge(inner) => {
            read(inner, out);
        }
        SetExpr::Query(inner) => inside(inner, out),
        SetExpr::Select(_) | SetExpr::SetOperation { .. } | SetExpr::Values(_) | SetExpr::Table(_) => {}
    }
}

fn removed(delete: &Delete, out: &mut Vec<Found>) {
    let (FromTable::WithFromKeyword(from) | FromTable::WithoutKeyword(from)) = &delete.from;
    let mut objects: Vec<String> = delete.tables.iter().map(name).collect();
    if objects.is_empty() {
        objects.extend(from.iter().filter_map(table));
    }
    let joins = from.iter().any(|table| !table.joins.is_empty());
    let without_where = unlimited(delete.selection.as_ref(), delete.limit.is_some(), joins);
    out.push(Found { kind: "delete".to_owned(), objects, without_where, undo: Undo::Change });
}

fn updated(update: &Update, out: &mut Vec<Found>) {
    let objects = table(&update.table).into_iter().collect();
    let without_where =
        unlimited(update.selection.as_ref(), update.limit.is_some(), !update.table.joins.is_empty());
    out.push(Found { kind: "update".to_owned(), objects, without_where, undo: Undo::Change });
}

/// `MERGE … WHEN MATCHED THEN DELETE`: which rows these are, the condition of the join says.
fn merged(merge: &Merge, out: &mut Vec<Found>) {
    let TableFactor::Table { name: table, .. } = &merge.table else { return };
    let deletes = |clause: &&MergeClause| matches!(clause.action, MergeAction::Delete { .. });
    let limit = |clause: &MergeClause| match (&clause.predicate, clause.clause_kind) {
        (Some(condition), _) if !always_holds(condition) => Match::No,
        (_, MergeClauseKind::NotMatchedBySource) => Match::Possible,
        _ => always_holds(&merge.on).into(),
    };
    if let Some(without_where) = merge.clauses.iter().filter(deletes).map(limit).max() {
        out.push(Found {
            kind: "delete".to_owned(),
            objects: vec![name(table)],
            without_where,
            undo: Undo::Change,
        });
    }
}

/// Only what takes the place of something: `REPLACE INTO`, `INSERT OVERWRITE`.
fn inserted(insert: &Insert, out: &mut Vec<Found>) {
    let replaces = insert.replace_into || insert.or == Some(SqliteOnConflict::Replace);
    let kind = match (insert.overwrite, replaces) {
        (true, _) => "insert overwrite",
        (false, true) => "replace",
        (false, false) => return,
    };
    let objects = match &insert.table {
        TableObject::TableName(table) => vec![name(table)],
        _ => Vec::new(),
    };
    out.push(Found { kind: kind.to_owned(), objects, without_where: Match::No, undo: Undo::Change });
}

/// The action in words, if it takes something away.
fn altered(operation: &AlterTableOperation) -> Option<&'static str> {
    Some(match operation {
        AlterTableOperation::DropColumn { .. } => "alter table drop column",
        AlterTableOperation::DropConstraint { .. } => "alter table drop constraint",
        AlterTableOperation::DropPartitions { .. } => "alter table drop partition",
        AlterTableOperation::DropPrimaryKey { .. } => "alter table drop primary key",
        AlterTableOperation::DropForeignKey { .. } => "alter table drop foreign key",
        AlterTableOperation::DropIndex { .. } => "alter table drop index",
        AlterTableOperation::RenameTable { .. } => "alter table rename",
        _ => return None,
    })
}

fn copied(source: &CopySource, to: bool, target: &CopyTarget, out: &mut Vec<Found>) {
    let (kind, object) = match (target, to) {
        (CopyTarget::Program { command }, true) => ("copy to program", marked(command)),
        (CopyTarget::Program { command }, false) => ("copy from program", marked(command)),
        (CopyTarget::File { filename }, true) => ("copy to file", marked(filename)),
        (CopyTarget::File { .. } | CopyTarget::Stdin | CopyTarget::Stdout, _) => return,
    };
    debug_assert!(matches!(source, CopySource::Table { .. } | CopySource::Query(_)), "there are no others");
    push(out, kind, vec![object], Undo::Never);
}

fn branched(branches: &IfStatement, out: &mut Vec<Found>) {
    let blocks =
        std::iter::once(&branches.if_block).chain(&branches.elseif_blocks).chain(&branches.else_block);
    blocks.flat_map(|block| block.statements()).for_each(|inner| read(inner, out));
}

/// `EXPLAIN (ANALYZE …)`, unless `(ANALYZE false)`.
fn analyzes(option: &UtilityOption) -> bool {
    let is_off = |argument: &Expr| {
        let text = argument.to_string();
        ["false", "off", "0"].iter().any(|off| text.eq_ignore_ascii_case(off))
    };
    ["analyze", "analyse"].iter().any(|name| option.name.value.eq_ignore_ascii_case(name))
        && !option.arg.as_ref().is_some_and(is_off)
}

/// Whether nothing limits a change.
fn unlimited(condition: Option<&Expr>, has_limit: bool, joins: bool) -> Match {
    let is_unlimited = match condition {
        None => !has_limit && !joins,
        Some(condition) => !has_limit && always_holds(condition),
    };
    is_unlimited.into()
}

fn table(table: &TableWithJoins) -> Option<String> {
    match &table.relation {
        TableFactor::Table { name: table, .. } => Some(name(table)),
        _ => None,
    }
}

fn name(name: &ObjectName) -> String {
    let parts: Vec<String> = name.0.iter().filter_map(|part| part.as_ident()).map(part).collect();
    parts.join(".")
}

/// In lower case, unless it is quoted.
fn part(ident: &Ident) -> String {
    let name = if ident.quote_style.is_some() { ident.value.clone() } else { ident.value.to_lowercase() };
    marked(&name)
}
