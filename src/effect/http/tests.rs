//! Command lines and the requests that they send.

use super::super::{Effect, effects};
use crate::packs::Catalog;
use crate::value::Value;
use crate::{Facts, HttpRequest, syntax, trace};

/// `METHOD host:port path ?query [header] body`, one request a line.
fn requests(command: &str) -> String {
    let script = syntax::parse(command.as_bytes());
    let trace = trace::trace(&script, &Catalog::builtin(), &Facts::default());
    let all = trace.invocations.iter().flat_map(effects).filter_map(|effect| match effect {
        Effect::Http(request) => Some(shown(&request)),
        _ => None,
    });
    all.collect::<Vec<_>>().join("\n")
}

fn shown(request: &HttpRequest) -> String {
    let mut line = format!("{} {}", request.method.display(), request.host.display());
    let optional = |before: &str, value: &Value| match value.display() {
        text if text.is_empty() => String::new(),
        text => format!("{before}{text}"),
    };
    line += &optional(":", &request.port);
    line += &format!(" {}", request.path.display());
    line += &optional(" ?", &request.query);
    line.extend(request.headers.iter().map(|header| format!(" [{}]", header.display())));
    line += &request.body.as_ref().map(|body| format!(" {}", body.display())).unwrap_or_default();
    line
}

fn check(cases: &[(&str, &str)]) {
    for (command, expected) in cases {
        assert_eq!(requests(command), *expected, "{command}");
    }
}

#[test]
fn curl_works_out_the_method() {
    check(&[
        ("curl h/x", "GET h:80 /x"),
        ("curl -X DELETE https://h/x", "DELETE h:443 /x"),
        ("curl -sSfLXDELETE h/x", "DELETE h:80 /x"),
        ("curl h/x --request delete", "DELETE h:80 /x"),
        ("curl -XPOST h/x -X DELETE", "DELETE h:80 /x"),
        ("curl -d a=1 h/x", "POST h:80 /x a=1"),
        ("curl -d a -d b -X PUT h/x", "PUT h:80 /x a&b"),
        ("curl -I h/x", "HEAD h:80 /x"),
        ("curl -T f h/x", "PUT h:80 /x …"),
        ("curl -G -d a=1 -d b=2 h/x", "GET h:80 /x ?a=1&b=2"),
        ("curl -G -d a=1 -X DELETE 'h/x?y'", "DELETE h:80 /x ?y&a=1"),
        ("curl -F a=1 h/x", "POST h:80 /x a=1"),
        ("curl --json '{ \"a\" : 1 }' h/x", "POST h:80 /x {\"a\":1}"),
        ("curl -X \"$METHOD\" h/x", "$METHOD h:80 /x"),
        ("curl --help -X DELETE h/x", ""),
    ]);
}

#[test]
fn curl_may_send_several() {
    check(&[
        ("curl -X DELETE h/a h/b", "DELETE h:80 /a\nDELETE h:80 /b"),
        ("curl h/a --next -X DELETE h/b", "GET h:80 /a\nDELETE h:80 /b"),
        ("curl -X DELETE --url h/a -: h/b", "DELETE h:80 /a\nGET h:80 /b"),
        (
            "curl -X DELETE 'h/{a,b}/[1-2]'",
            "DELETE h:80 /a/1\nDELETE h:80 /a/2\nDELETE h:80 /b/1\nDELETE h:80 /b/2",
        ),
        ("curl -g -X DELETE 'h/{a,b}'", "DELETE h:80 /{a,b}"),
    ]);
}

#[test]
fn curl_takes_bodies_from_where_they_are_known() {
    check(&[
        ("curl -d @- h/x <<< '{ \"a\": 1 }'", "POST h:80 /x {\"a\":1}"),
        ("echo '{\"q\": 2}' | curl --json @- h/x", "POST h:80 /x {\"q\":2}"),
        ("echo abc > f; curl -d @f h/x", "POST h:80 /x abc\n"),
        ("echo abc > f; curl --data-urlencode n@f h/x", "POST h:80 /x n=abc\n"),
        ("curl -d @unseen h/x", "POST h:80 /x …"),
        ("curl --data-raw @f h/x", "POST h:80 /x @f"),
        ("curl -d \"{\\\"a\\\": \\\"$A\\\"}\" h/x", "POST h:80 /x {\"a\":\"$A\"}"),
    ]);
}

#[test]
fn curl_has_other_ways_to_say_where() {
    check(&[
        (
            "curl -X PUT --request-target /sys/seal -H 'X-Vault-Token:  t' h",
            "PUT h:80 /sys/seal [x-vault-token: t]",
        ),
        ("curl --url-query a=b h/x?c", "GET h:80 /x ?c&a=b"),
        ("curl -XDELETE \"$ES_URL/idx\"", "DELETE $ES_URL $ES_URL/idx"),
        ("curl -XDELETE \"https://$HOST:9200/$IDX\"", "DELETE $HOST:9200 /$IDX"),
        ("curl -XDELETE \"http://u:$PASSWORD@es:9200/idx/\"", "DELETE es:9200 /idx"),
    ]);
}

#[test]
fn wget_is_read_by_its_own_rules() {
    check(&[
        ("wget -qO- --method=DELETE https://h/x", "DELETE h:443 /x"),
        ("wget --method delete h/x", "DELETE h:80 /x"),
        ("wget --post-data='a=1' h/x", "POST h:80 /x a=1"),
        ("wget --method=PUT --body-data='{ }' h/x", "PUT h:80 /x {}"),
        ("wget --spider h/x", "HEAD h:80 /x"),
    ]);
}

#[test]
fn httpie_takes_words() {
    check(&[
        ("http DELETE :9200/idx", "DELETE localhost:9200 /idx"),
        ("http delete https://h/x X-Token:abc", "DELETE h:443 /x [x-token: abc]"),
        ("http h.io/x", "GET h.io:80 /x"),
        ("http h.io/x a=1 n:=2 q==3", "POST h.io:80 /x ?q=3 {\"a\":\"1\",\"n\":2}"),
        ("xh put h.io/x --raw '{ }'", "PUT h.io:80 /x {}"),
        ("echo '{\"a\": 1}' | http h.io/x", "POST h.io:80 /x {\"a\":1}"),
        ("http --offline DELETE h/x", ""),
        ("http \"$METHOD\" h/x", "$METHOD h:80 /x"),
    ]);
}

#[test]
fn clients_of_one_service_know_its_address() {
    check(&[
        ("gh api -X DELETE repos/a/b", "DELETE api.github.com:443 /repos/a/b"),
        ("gh api --method delete /repos/{owner}/{repo}", "DELETE api.github.com:443 /repos/{owner}/{repo}"),
        ("gh api --hostname ghe.corp -XDELETE repos/a/b", "DELETE ghe.corp:443 /api/v3/repos/a/b"),
        ("gh api repos/a/b/issues -f title=x", "POST api.github.com:443 /repos/a/b/issues {\"title\":\"x\"}"),
        ("gh api -X GET search/code -f q=x", "GET api.github.com:443 /search/code ?q=x"),
        (
            "gh api graphql -f query='mutation { deleteRef(id: 1) }'",
            "POST api.github.com:443 /graphql {\"query\":\"mutation { deleteRef(id: 1) }\"}",
        ),
        ("gh api \"repos/$REPO\" -X DELETE", "DELETE api.github.com:443 /repos/$REPO"),
        ("glab api -X DELETE projects/:fullpath", "DELETE gitlab.com:443 /api/v4/projects/:fullpath"),
        (
            "az rest --method delete --url /subscriptions/1/x?api-version=2",
            "DELETE management.azure.com:443 /subscriptions/1/x ?api-version=2",
        ),
        (
            "az rest -m post -u https://graph.microsoft.com/v1.0/x -b '{ }'",
            "POST graph.microsoft.com:443 /v1.0/x {}",
        ),
    ]);
}
