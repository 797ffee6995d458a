//! `argvet batch`: lines in, lines out, in the same order, whatever they hold.

use crate::program::argvet;
use serde_json::{Value, json};

fn batch(arguments: &[&str], input: &str) -> Vec<Value> {
    let run = argvet(&[&["batch"], arguments].concat(), input.as_bytes());
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_line_keeps_its_fields_and_gets_a_verdict() {
    let lines = batch(&[], "{\"id\": \"a\", \"command\": \"cd /srv; rm -rf app\", \"when\": {\"day\": 3}}\n");
    let [line] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!(line["id"], "a");
    assert_eq!(line["when"], json!({"day": 3}));
    assert_eq!(line["schema"], 1);
    assert_eq!(line["verdict"], "deny");
    assert_eq!(line["findings"][0]["rule"], "core.filesystem/delete-directory");
    assert_eq!(line["findings"][0]["severity"], "high");
    assert_eq!(line["findings"][0]["certainty"], "certain");
    assert_eq!(line["findings"][0]["invocation"], 1);
    assert_eq!(line["findings"][0]["span"], json!({"start": 9, "end": 19}));
    assert_eq!(line["invocations"][1]["argv"], json!(["rm", "-rf", "app"]));
    assert_eq!(line["invocations"][1]["via"], json!({"kind": "script"}));
    assert_eq!(line["gaps"], json!([]));
}

#[test]
fn an_invalid_line_gets_an_error_and_the_run_goes_on() {
    let input = "not json\n[1]\n\n{\"id\": 4}\n{\"id\": 5, \"command\": 5}\n{\"command\": \"ls\", \"cwd\": 1}\n{\"id\": 7, \"command\": \"ls\"}";
    let lines = batch(&[], input);
    assert_eq!(lines.len(), 7);
    for (index, line) in lines.iter().take(6).enumerate() {
        assert!(line["error"].is_string(), "{line}");
        assert_eq!(line["line"], index + 1);
        assert_eq!(line.get("verdict"), None);
    }
    assert_eq!(lines[3]["id"], 4);
    assert_eq!(lines[6]["verdict"], "allow");
}

#[test]
fn the_order_is_that_of_the_input_on_any_number_of_threads() {
    let input: String = (0..2000).map(|id| format!("{{\"id\":{id},\"command\":\"echo {id}\"}}\n")).collect();
    for jobs in ["1", "2", "7"] {
        let ids: Vec<u64> =
            batch(&["--jobs", jobs], &input).iter().map(|line| line["id"].as_u64().unwrap()).collect();
        assert_eq!(ids, (0..2000).collect::<Vec<_>>());
    }
}

#[test]
fn an_output_can_be_judged_again() {
    let once = argvet(&["batch"], b"{\"command\": \"rm -rf src\"}\n").stdout;
    assert_eq!(argvet(&["batch"], once.as_bytes()).stdout, once);
}

#[test]
fn the_directory_of_a_line_counts() {
    let lines = batch(&[], "{\"command\": \"rm -rf *\", \"cwd\": \"/\"}\n");
    assert_eq!(lines[0]["verdict"], "deny");
    let rules =
        lines[0]["findings"].as_array().unwrap().iter().map(|finding| finding["rule"].as_str().unwrap());
    assert!(rules.into_iter().any(|rule| rule.starts_with("core.filesystem/delete-")));
}

#[test]
fn a_line_without_an_end_in_sight_is_not_kept() {
    let mut input = "{\"command\": \"".to_owned();
    input.push_str(&"x".repeat(17 << 20));
    input.push_str("\"}\n{\"command\": \"ls\"}\n");
    let lines = batch(&[], &input);
    assert_eq!(lines[0]["error"], "the line is too long");
    assert_eq!(lines[1]["verdict"], "allow");
}

#[test]
fn a_file_can_be_named_and_a_missing_one_is_an_error() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "{\"command\": \"ls\"}\n").unwrap();
    let path = file.path().to_str().unwrap();
    assert_eq!(batch(&[path], "").len(), 1);
    let run = argvet(&["batch", "/nowhere.jsonl"], b"");
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("/nowhere.jsonl"), "{}", run.stderr);
}

#[test]
fn a_line_may_name_its_shell() {
    let lines = batch(
        &[],
        "{\"command\": \"a=(rm -rf /etc); $a\", \"shell\": \"zsh\"}\n{\"command\": \"ls\", \"shell\": \"rc\"}\n",
    );
    assert_eq!(lines[0]["verdict"], "deny");
    assert_eq!(lines[1]["error"], "the field shell is none of bash, sh, dash, ksh, zsh");
}
