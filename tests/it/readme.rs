//! What the README shows is what the program prints, and the caveats are still true.

use crate::program::argvet;

/// The command lines and the output below them in the README's ```` ```text ```` blocks.
fn examples(readme: &str) -> Vec<(String, String)> {
    let blocks = readme.split("```text\n$ argvet ").skip(1);
    let block = |block: &str| {
        let (command, rest) = block.split_once('\n').unwrap();
        (command.to_owned(), rest.split("```").next().unwrap().to_owned())
    };
    blocks.map(block).collect()
}

#[test]
fn the_output_in_the_readme_is_real() {
    let examples = examples(include_str!("../../README.md"));
    assert!(examples.len() >= 2);
    for (command, shown) in examples {
        let arguments = shell_words::split(&command).unwrap();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let printed = argvet(&arguments, b"").stdout;
        // The README may stop before the end.
        assert!(printed.starts_with(shown.trim_end()), "{command}\nprints\n{printed}\ninstead of\n{shown}");
    }
}

#[test]
fn what_the_readme_says_about_verdicts_is_true() {
    let verdict = |command: &str| argvet(&["analyze", command], b"").code;
    for unseen in [
        "make clean",
        "npm run deploy",
        "./cleanup.sh",
        "python tools/reset.py",
        "sh x.sh",
        "python3 x.py",
        "source x.sh",
        "mv a b",
        "rm file",
    ] {
        assert_eq!(verdict(unseen), Some(0), "{unseen}");
    }
    assert_eq!(verdict("echo 'rm -rf src' > x.sh; sh x.sh"), Some(1));
    assert_eq!(verdict("rm -rf src"), Some(1));
    assert_eq!(verdict("python3 -c 'import shutil; shutil.rmtree(\"src\")'"), Some(1));
    assert_eq!(verdict("rm -rf \"$dir\""), Some(3));
    assert_eq!(verdict("eval \"$x\""), Some(3));
}
