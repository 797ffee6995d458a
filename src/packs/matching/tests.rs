//! Rules against commands: a pack of one program, and the whole pipeline.

use crate::packs::Catalog;
use crate::value::Match;
use crate::{Facts, PackSelection, Policy, check};
use std::rc::Rc;

/// Whether a rule with these matches and exceptions fires on the command, and how surely.
fn fires(conditions: &str, command: &str) -> Match {
    let pack = format!(
        r#"title = "Demo"
summary = "Demolition"
tier = 1
[program.demo]
style = "cobra"
options = ["-C, --directory <path>", "-v, --verbose", "-h, --help"]
[program."demo drop"]
options = ["-a, --all", "-n, --dry-run", "-t, --to <place>"]
operands = "[name...]"
effect = [{{ delete = "name", when = ["--all"], recursive = ["--all"] }}, {{ delete = "name" }}]
[program."demo show"]
operands = "[name...]"
[[rule]]
id = "r"
severity = "high"
title = "drops it"
why = "It is gone."
{conditions}
blocks = ["demo drop"]
allows = ["demo show"]
"#
    );
    let catalog = Catalog::builtin().with_user_pack(&pack, "demo.toml").unwrap();
    let policy = Policy::new(Rc::new(catalog), &PackSelection::default());
    let facts = Facts { cwd: Some(b"/srv/app".into()), home: Some(b"/home/me".into()), ..Facts::default() };
    let verdict = check(command.as_bytes(), &policy, &facts);
    let found = verdict.findings.iter().filter(|finding| finding.rule == "user.demo/r");
    found.map(|finding| finding.certainty).max().unwrap_or_default()
}

#[track_caller]
fn table(conditions: &str, rows: &[(&str, Match)]) {
    for (command, expected) in rows {
        assert_eq!(fires(conditions, command), *expected, "{command}");
    }
}

const CERTAIN: Match = Match::Certain;
const POSSIBLE: Match = Match::Possible;
const NO: Match = Match::No;

#[test]
fn options_are_matched_by_meaning_not_by_spelling() {
    table(
        r#"match = [{ command = "demo drop", flag = ["--all"] }]
unless = [{ flag = ["--dry-run"] }]"#,
        &[
            ("demo drop --all", CERTAIN),
            ("demo -C x drop -va", CERTAIN),
            ("demo drop --all=false", NO),
            ("demo drop --all --dry-run", NO),
            ("demo drop --all --dry-run=false", CERTAIN),
            ("demo drop --to --all", NO),
            ("demo show --all", NO),
            ("demo drop -- --all", NO),
        ],
    );
}

#[test]
fn unknown_words_are_options_only_where_they_are_meant_as_such() {
    table(
        r#"match = [{ command = "demo drop", flag = ["--all"] }]
unless = [{ flag = ["--dry-run"] }]"#,
        &[
            ("demo drop $OPTS", POSSIBLE),
            ("demo drop \"$@\"", POSSIBLE),
            ("demo drop $NAME", NO),
            ("demo drop --all $OPTS", CERTAIN),
            ("X=--all; demo drop $X", CERTAIN),
        ],
    );
}

#[test]
fn an_unknown_subcommand_may_be_any() {
    table(
        r#"match = [{ command = "demo drop", flag = ["--all"] }]"#,
        &[("demo $X --all", POSSIBLE), ("demo $X", NO), ("demo \"s$X\" --all", NO), ("$X drop --all", NO)],
    );
}

#[test]
fn all_flags_first_and_operands() {
    let all = r#"match = [{ command = "demo drop", flag = ["--all"], all-flags = ["--to", "--verbose"] }]"#;
    table(all, &[("demo drop -av --to x", CERTAIN), ("demo drop -a --to x", NO)]);
    let first = r#"match = [{ command = "demo drop", first = "base*" }]"#;
    table(
        first,
        &[
            ("demo drop base1 x", CERTAIN),
            ("demo drop x base1", NO),
            ("demo drop b$X", POSSIBLE),
            ("demo drop c$X", NO),
            ("demo drop '' base", NO),
        ],
    );
    let count = r#"match = [{ command = "demo drop", operands = "2.." }]"#;
    table(
        count,
        &[
            ("demo drop a b", CERTAIN),
            ("demo drop a", NO),
            ("demo drop a b $X", CERTAIN),
            ("demo drop a $X", POSSIBLE),
        ],
    );
    let value = r#"match = [{ command = "demo drop", flag = ["--to=prod*"] }]"#;
    table(
        value,
        &[("demo drop -t prod1", CERTAIN), ("demo drop --to=test", NO), ("demo drop -t $X", POSSIBLE)],
    );
}

#[test]
fn a_value_that_is_excluded_does_not_excuse_another() {
    table(
        r#"match = [{ command = "demo drop", delete = ["*", "!@temp"] }]"#,
        &[
            ("demo drop /tmp/a", NO),
            ("demo drop /tmp/a /srv/b", CERTAIN),
            ("demo drop /tmp/../srv/b", CERTAIN),
            ("cd /tmp/x && demo drop a", NO),
        ],
    );
}

#[test]
fn alternatives_are_certain_together() {
    table(
        r#"match = [{ command = "demo drop", first = ["a", "b"] }]"#,
        &[
            ("if t; then X=a; else X=b; fi; demo drop $X", CERTAIN),
            ("if t; then X=a; else X=c; fi; demo drop $X", POSSIBLE),
            ("for i in b c; do demo drop $i; done", CERTAIN),
            ("if t; then X=d; else X=c; fi; demo drop $X", NO),
        ],
    );
}

#[test]
fn assignments_redirections_and_input() {
    let assignment = r#"match = [{ command = "demo", assignment = "FORCE=1" }]"#;
    table(assignment, &[("FORCE=1 demo", CERTAIN), ("FORCE=0 demo", NO), ("demo", NO)]);
    let redirect = r#"match = [{ command = "demo", redirect = ">*.db" }]"#;
    table(
        redirect,
        &[
            ("demo > x.db", CERTAIN),
            ("demo >> x.db", NO),
            ("demo < x.db", NO),
            ("demo >| ../y/x.db", CERTAIN),
        ],
    );
    let stdin = r#"match = [{ command = "demo", stdin = "*wipe*" }]"#;
    table(stdin, &[("demo <<< 'do wipe it'", CERTAIN), ("echo wipe | demo", CERTAIN), ("demo <<< x", NO)]);
}

#[test]
fn effects_without_a_command_come_from_any_program() {
    let write = r#"match = [{ write = "/etc/demo.conf" }]"#;
    table(
        write,
        &[
            ("echo x > /etc/demo.conf", CERTAIN),
            ("> /etc/../etc/demo.conf", CERTAIN),
            ("cd /etc; unknown-program > demo.conf", CERTAIN),
            ("echo x > \"$X\"", NO),
            ("cat < /etc/demo.conf", NO),
        ],
    );
}

#[test]
fn a_regex_is_about_the_whole_word() {
    table(
        r#"match = [{ command = "demo drop", operand = "/a+|b/" }]"#,
        &[
            ("demo drop aaa", CERTAIN),
            ("demo drop aaac", NO),
            ("demo drop x b", CERTAIN),
            ("demo drop $X", POSSIBLE),
        ],
    );
}

#[test]
fn requests_count_whoever_sends_them() {
    table(
        r#"match = [{ http = { method = ["DELETE"], host = ["*.algolia.net", "$ALGOLIA_*"], path = ["/1/indexes/*"] } }]"#,
        &[
            ("curl -X DELETE https://x.algolia.net/1/indexes/y", CERTAIN),
            ("curl -sSfXDELETE \"https://$APP_ID.algolia.net/1/indexes/$IDX/\"", CERTAIN),
            ("curl https://x.algolia.net/1/indexes/y", NO),
            ("curl -X DELETE https://x.algolia.net/1/indexes/y/settings", NO),
            ("curl -X DELETE https://x.algolia.net/1/indexes", NO),
            ("wget --method=DELETE https://x.algolia.net:443/1/indexes/y", CERTAIN),
            ("http delete x.algolia.net/1/indexes/y", CERTAIN),
            ("curl -X DELETE \"$HOST/1/indexes/y\"", NO),
            ("curl -X DELETE \"https://$HOST/1/indexes/y\"", NO),
            ("curl -X DELETE \"$ALGOLIA_URL/$path\"", POSSIBLE),
            ("curl -X DELETE \"$URL\"", NO),
            ("curl -X \"$METHOD\" https://x.algolia.net/1/indexes/y", POSSIBLE),
            ("curl -X DELETE \"https://$HOST/users/5\"", NO),
            ("echo curl -X DELETE https://x.algolia.net/1/indexes/y", NO),
        ],
    );
}

#[test]
fn ports_queries_headers_and_bodies_of_requests() {
    table(
        r#"match = [{ http = { method = ["DELETE"], host = ["*:9200", "*elastic*"], path = ["/*"], query = ["!*dry_run*"] } }]"#,
        &[
            ("curl -X DELETE localhost:9200/idx", CERTAIN),
            ("curl -X DELETE \"https://$H:9200/idx?dry_run=true\"", NO),
            ("curl -X DELETE https://elastic.corp/idx", CERTAIN),
            ("curl -X DELETE https://other.corp/idx", NO),
            ("curl -X DELETE \"$ELASTIC/idx\"", NO),
        ],
    );
    table(
        r#"match = [{ http = { method = ["PUT", "POST"], header = ["X-Vault-Token:*"], path = ["/v1/sys/seal"] } }]"#,
        &[
            ("curl -H 'x-vault-token:abc' -X PUT h/v1/sys/seal", CERTAIN),
            ("curl -H \"X-Vault-Token: $T\" -X PUT h/v1/sys/seal", CERTAIN),
            ("curl -X PUT h/v1/sys/seal", NO),
        ],
    );
    table(
        r#"match = [{ http = { host = ["api.github.com"], path = ["/graphql"], body = ['*deleteRef(*'] } }]"#,
        &[
            ("gh api graphql -f query='mutation { deleteRef(input: {}) }'", CERTAIN),
            ("gh api graphql -f query='query { ref(name: 1) }'", NO),
            ("gh api graphql -f query=\"$Q\"", POSSIBLE),
        ],
    );
}

#[test]
fn an_unknown_host_needs_something_telling() {
    table(
        r#"match = [{ http = { method = ["DELETE"], host = ["api.demo.com"], path = ["/api/v1/users/*", "/teams/*/escalation_policies/*", "/orders/*/parcels/*"] } }]"#,
        &[
            ("curl -X DELETE \"$API/api/v1/users/5\"", NO),
            ("curl -X DELETE \"$API/teams/5\"", NO),
            ("curl -X DELETE \"$API/teams/$t/escalation_policies/5\"", POSSIBLE),
            ("curl -X DELETE \"https://$API/orders/1/parcels/2\"", POSSIBLE),
            ("curl -X DELETE \"$API/orders/1/$part/2\"", NO),
            ("curl -X DELETE \"https://api.$zone/users/2\"", NO),
            ("curl -X DELETE https://api.demo.$tld/api/v1/users/2", POSSIBLE),
        ],
    );
    table(
        r#"match = [{ http = { method = ["DELETE", "PURGE"], path = ["**/metrics/job/**", "/_all"] } }]"#,
        &[
            ("curl -X DELETE localhost:9091/metrics/job/x", CERTAIN),
            ("curl -X DELETE \"$GATEWAY/metrics/job/x\"", CERTAIN),
            ("curl -X DELETE \"$GATEWAY/users/x\"", NO),
            ("curl -X DELETE \"http://localhost:3000/$path\"", NO),
            ("curl -X PURGE \"http://localhost:3000/$path\"", POSSIBLE),
        ],
    );
    // A method of its own says nothing about a rule that names none.
    table(
        r#"match = [{ http = { path = ["**/metrics/job/**"] } }]"#,
        &[("curl -X LIST \"$GATEWAY/users/x\"", NO), ("curl -X LIST \"$GATEWAY/metrics/job/x\"", CERTAIN)],
    );
}

#[test]
fn options_of_a_request_may_stand_in_a_file() {
    table(
        r#"match = [{ http = { method = ["DELETE"], host = ["api.demo.com"] } }]"#,
        &[
            ("curl -K - <<< $'url = \"http://api.demo.com/x\"\nrequest = \"DELETE\"'", CERTAIN),
            ("printf 'url=http://api.demo.com/x\n-X DELETE\n' > /tmp/c && curl -s --config /tmp/c", CERTAIN),
            ("curl --config <(echo 'request = DELETE') http://api.demo.com/x", CERTAIN),
            ("curl -K unseen http://api.demo.com/x", NO),
            ("curl -K - http://api.demo.com/x <<< '# request = DELETE'", NO),
        ],
    );
}

#[test]
fn statements_count_whoever_runs_them() {
    table(
        r#"match = [{ sql = { statement = ["drop table", "truncate"], object = ["!tmp_*"] } }, { sql = { statement = "delete", without-where = true } }]"#,
        &[
            ("psql -c 'DROP TABLE users'", CERTAIN),
            ("psql -qAtXc 'drop table if exists app.users' prod", CERTAIN),
            ("psql --comm='TRUNCATE users'", CERTAIN),
            ("psql -c 'drop table tmp_1'", NO),
            ("psql -c 'drop table tmp_1, users'", CERTAIN),
            ("psql -c \"drop table $t\"", POSSIBLE),
            ("psql -c \"$q\"", NO),
            ("psql < dump.sql", NO),
            ("psql <<< 'delete from users'", CERTAIN),
            ("psql <<E\ndelete from users where id = 5;\nE", NO),
            ("psql <<E\nbegin;\ndelete from users;\nrollback;\nE", NO),
            ("echo 'truncate users' | psql -h db", CERTAIN),
            ("echo 'truncate users' > x.sql && psql -f x.sql", CERTAIN),
            ("echo 'truncate users' > x.sql && psql < x.sql", CERTAIN),
            ("psql -c begin -c 'delete from users' -c rollback", NO),
            ("mysql -BNe'DELETE FROM users' app", CERTAIN),
            ("mysql --exec='DROP TABLE users' -psecret", CERTAIN),
            ("sqlite3 x.db 'delete from users; vacuum'", CERTAIN),
            ("sqlite3 -cmd 'drop table a' x.db .tables", CERTAIN),
            ("duckdb x.db -c 'drop table a'", CERTAIN),
            ("clickhouse-client -q 'truncate table a'", CERTAIN),
            ("clickhouse client --query='truncate table a'", CERTAIN),
            ("sqlcmd -S db -Q 'DROP TABLE a'", CERTAIN),
            ("cockroach sql --insecure -e 'drop table a'", CERTAIN),
            ("bq query --use_legacy_sql=false 'DROP TABLE d.t'", CERTAIN),
            ("snowsql -q 'truncate table a'", CERTAIN),
            ("psql -c \"select 'drop table users'\"", NO),
            ("echo 'drop table users'", NO),
            ("docker exec db psql -c 'drop table users'", CERTAIN),
        ],
    );
}

#[test]
fn other_databases_have_statements_too() {
    table(
        r#"match = [{ sql = { statement = ["flushall", "flushdb", "drop database", "drop", "detach delete"], dialect = ["redis", "mongo", "cypher"] } }]"#,
        &[
            ("redis-cli FLUSHALL", CERTAIN),
            ("redis-cli -h r -n 2 flushdb async", CERTAIN),
            ("redis-cli get flushall", NO),
            ("redis-cli <<< flushall", CERTAIN),
            ("redis-cli eval \"redis.call('flushall')\" 0", CERTAIN),
            ("redis-cli --cluster call h:1 flushall", CERTAIN),
            ("redis-cli $cmd", NO),
            ("mongosh --eval 'db.dropDatabase()'", CERTAIN),
            ("mongosh mongodb://h/app --quiet --eval \"db.$c.drop()\"", POSSIBLE),
            ("mongosh app <<E\ndb.users.drop()\nE", CERTAIN),
            ("mongosh --eval 'db.users.find()'", NO),
            ("cypher-shell -u neo4j 'MATCH (n) DETACH DELETE n'", CERTAIN),
            ("echo 'DROP DATABASE x' | cypher-shell", CERTAIN),
        ],
    );
}

#[test]
fn what_a_client_executes_itself_is_followed() {
    table(
        r#"match = [{ command = "demo drop" }, { sql = { statement = ["drop table", "copy to program"] } }]"#,
        &[
            ("psql -c '\\! demo drop'", CERTAIN),
            ("psql <<E\nselect 1;\n\\! demo drop\nE", CERTAIN),
            ("psql <<'E'\nselect 1 \\g |demo drop\nE", CERTAIN),
            ("sqlite3 x.db '.shell demo drop'", CERTAIN),
            ("printf '.system demo drop\\n' | sqlite3 x.db", CERTAIN),
            ("sqlite3 x.db '.shell demo show'", NO),
            ("mysql -e 'system demo drop'", CERTAIN),
            ("echo 'drop table a' > f.sql; psql -c '\\i f.sql'", CERTAIN),
            ("echo 'drop table a' > f.sql; sqlite3 x.db '.read f.sql'", CERTAIN),
            ("psql -c \"\\copy t to program 'x'\"", CERTAIN),
            ("psql -c \"select '\\! demo drop'\"", NO),
        ],
    );
}
