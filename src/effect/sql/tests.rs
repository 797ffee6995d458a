//! Texts and the statements in them.

use super::script;
use crate::value::Match;

/// `kind object,object !`, one statement after the other; `!`: nothing limits it. Calls and definitions are limited by
/// nothing; only changes and reads are worth the mark.
fn read(dialect: &str, text: &str) -> String {
    let shown = |found: &super::statement::Found| {
        let limited =
            ["delete", "update", "alter table delete", "alter table update"].contains(&found.kind.as_str());
        let mark = if limited && found.without_where == Match::Certain { "!" } else { "" };
        format!("{} {}{mark}", found.kind, found.objects.join(","))
    };
    script::statements(text, dialect).iter().map(shown).collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn check(dialect: &str, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(read(dialect, text), *expected, "{text}");
    }
}

#[test]
fn kinds_and_objects() {
    check(
        "postgres",
        &[
            ("DROP TABLE users", "drop table users"),
            ("drop table if exists App.\"Users\", logs cascade;", "drop table app.Users,logs"),
            ("Drop\n/* x */ Database IF EXISTS prod WITH (FORCE)", "drop database prod"),
            ("drop schema public cascade; create schema public", "drop schema public; create schema public"),
            ("drop materialized view mv", "drop materialized view mv"),
            ("drop index concurrently if exists i", "drop index i"),
            ("drop owned by bob", "drop owned bob"),
            ("drop function f(int), g", "drop function f,g"),
            ("truncate table only a, b restart identity", "truncate a,b"),
            ("TRUNCATE users", "truncate users"),
            ("delete from users", "delete users!"),
            ("delete from only users u where u.id = 5 returning *", "delete users"),
            ("update users set a = 1", "update users!"),
            ("update users set a = (select 1) where id = 2", "update users"),
            ("select * from users; -- drop table x", "select users"),
            ("select 'drop table x; delete from y'", "select "),
            ("alter table t drop column a, add b int", "alter table drop column t; alter table add t"),
            ("alter table only s.t drop a", "alter table drop column s.t"),
            ("alter table t drop constraint if exists c", "alter table drop constraint t"),
            ("alter table t rename to u", "alter table rename t"),
            ("alter system set fsync = off", "alter system fsync"),
            ("alter role bob superuser", "alter role bob"),
            ("create or replace view v as select f(1)", "create or replace view v"),
            ("create temp table t (a int)", "create temporary table t"),
            (
                "create temp table t (a int); drop table t; drop table t",
                "create temporary table t; drop temporary table t; drop table t",
            ),
            ("create temp table t (a int); truncate t, u", "create temporary table t; truncate t,u"),
            ("drop table pg_temp.t", "drop temporary table pg_temp.t"),
            ("grant all privileges on table t to public", "grant all privileges,t,public"),
            ("revoke select, insert on s.t from bob", "revoke select,insert,s.t,bob"),
            ("vacuum (full, analyze) t", "vacuum full t"),
            ("vacuum verbose t", "vacuum t"),
            ("reassign owned by a to b", "reassign owned a"),
            ("refresh materialized view v", "refresh materialized view v"),
        ],
    );
}

#[test]
fn statements_inside_statements() {
    check(
        "postgres",
        &[
            ("explain delete from t", ""),
            ("explain (costs off) drop table t", ""),
            ("explain analyze delete from t", "delete t!"),
            ("explain (analyze, buffers) update t set a=1 where true", "update t!"),
            ("explain (analyze false) delete from t", ""),
            ("with x as (delete from t returning *) select * from x", "delete t!; select x"),
            (
                "with x as (select 1), y as materialized (select 2) delete from t",
                "select ; select ; delete t!",
            ),
            ("do $$ begin delete from t; execute 'drop table u'; end $$", "delete t!; drop table u"),
            ("do language plpgsql $$ begin if x then drop table a; end if; end $$", "drop table a"),
            (
                "do $$ declare r record; begin for r in select 1 loop execute 'drop table ' || r.n; end loop; end $$",
                "drop table \u{efff}",
            ),
            ("prepare p as delete from t", "delete t!"),
            ("create function f() returns void as $$ delete from t $$ language sql", "create function f"),
            (
                "select pg_terminate_backend(pid) from pg_stat_activity",
                "select pg_stat_activity; call pg_terminate_backend",
            ),
            ("select pg_catalog.lo_unlink(1)", "select ; call pg_catalog.lo_unlink"),
            ("insert into t (a) values (now())", "insert t; call now"),
            ("copy t to program 'rm -rf /'", "copy to program rm -rf /"),
            ("copy (select 1) to '/tmp/x'", "copy to file /tmp/x"),
            ("copy t from stdin", "copy t"),
        ],
    );
    check(
        "mysql",
        &[
            ("select * from t into outfile '/tmp/x'", "select t; into outfile /tmp/x"),
            ("/*!50000 drop table t */", "drop table t"),
            ("prepare s from 'drop table t'; execute s", "drop table t; call s"),
            (
                "delimiter //\ncreate procedure p() begin delete from t; end//\ndelimiter ;\ndrop table u",
                "create procedure p; drop table u",
            ),
            ("DELETE a FROM a JOIN b ON a.i=b.i", "delete a"),
            ("drop user 'a'@'%', b@localhost", "drop user a,b"),
            ("grant all privileges on *.* to 'a'@'%'", "grant all privileges,a"),
            ("reset master; purge binary logs to 'x'", "reset master ; purge binary logs x"),
            ("replace into t values (1)", "replace t"),
            ("rename table a to b", "rename table a"),
        ],
    );
    check(
        "sqlite",
        &[
            (
                "create trigger x after delete on t begin delete from u; end; drop table v",
                "create trigger x; drop table v",
            ),
            (".tables\nDELETE FROM [my table];", "delete my table!"),
            ("insert or replace into t values (1)", "replace t"),
        ],
    );
    check(
        "mssql",
        &[
            ("USE db DROP TABLE x", "use db; drop table x"),
            (
                "IF OBJECT_ID('x') IS NOT NULL DROP TABLE dbo.x\nGO\nDELETE FROM [y]",
                "if object_id; call object_id; drop table dbo.x; delete y!",
            ),
            ("EXEC('drop table x')", "drop table x"),
            ("exec sp_executesql N'truncate table x'", "truncate x"),
            ("exec xp_cmdshell 'dir'", "call xp_cmdshell"),
            ("alter table t drop column c", "alter table drop column t"),
            ("grant delete on t to bob", "grant delete,t,bob"),
            ("delete top (5) from t", "delete t"),
        ],
    );
    check(
        "clickhouse",
        &[
            ("alter table t on cluster c delete where 1", "alter table delete t!"),
            ("alter table t delete where id = 1", "alter table delete t"),
            ("alter table t drop partition 202401", "alter table drop partition t"),
            ("truncate table if exists db.t", "truncate db.t"),
            ("system drop replica 'r'", "system drop replica r"),
            ("detach table t permanently", "detach table t"),
        ],
    );
}

#[test]
fn what_is_rolled_back_does_not_count() {
    check(
        "postgres",
        &[
            ("begin; delete from t; rollback", ""),
            ("BEGIN; drop table t; ROLLBACK; drop table u", "drop table u"),
            ("start transaction; delete from t; commit; rollback", "delete t!"),
            ("begin; delete from t", "delete t!"),
            ("begin; select pg_terminate_backend(1); rollback", "select ; call pg_terminate_backend"),
            ("begin; savepoint s; delete from t; rollback to s; commit", "delete t!"),
            ("delete from t; rollback", "delete t!"),
        ],
    );
    check(
        "mysql",
        &[
            ("begin; delete from t; rollback", ""),
            ("begin; delete from t; drop table u; rollback", "delete t!; drop table u"),
            ("begin; truncate t; delete from u; rollback", "truncate t"),
        ],
    );
    check("mssql", &[("begin tran delete from t rollback tran", "")]);
    check("clickhouse", &[("begin; alter table t delete where 1; rollback", "alter table delete t!")]);
}

#[test]
fn unknown_parts_hide_nothing_that_is_written() {
    check(
        "postgres",
        &[
            ("drop table \u{e000}", "drop table \u{e000}"),
            ("drop table app_\u{e000}.x", "drop table app_\u{e000}.x"),
            ("\u{e000}", ""),
            ("\u{e000} drop table x", "drop table x"),
            ("delete from t where \u{e000}", "delete t"),
            ("delete from t where \u{e000} = \u{e000}", "delete t"),
            ("delete from t where id = id", "delete t!"),
            ("delete from t \u{e000}", "delete t!"),
        ],
    );
}
