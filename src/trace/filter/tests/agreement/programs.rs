//! Longer programs, and expressions of Perl.

use super::{command, pieces, some_of};
use proptest::prelude::*;

/// Statements of awk, put together.
pub(super) fn awk() -> impl Strategy<Value = Vec<Vec<u8>>> {
    const STATEMENTS: &[&str] = &[
        "$1=\"x\"",
        "$2=$1",
        "$1=$1",
        "$3=NR",
        "print",
        "print $1,NF",
        "x=x $1",
        "n++",
        "a[$1]++",
        "a[NR]=$0",
        "for(i=1;i<=NF;i++)printf \"%s-\",$i",
        "for(i=NF;i>0;i--)s=s $i",
        "if($1==1)print \"one\";else print \"other\"",
        "while(k<2){k++;if(k==1)continue;print k}",
        "do{m++}while(m<3)",
        "print split($0,b,\"a\"),b[1],b[2]",
        "print split($0,b,\"\"),b[1]",
        "print split($0,b),b[1]",
        "gsub(/a/,\"&-\")",
        "print gsub(\"b\",\"x\",$1),$0",
        "sub(/b+/,\"[&]\",x)",
        "print match($0,/b+/),RSTART,RLENGTH",
        "print substr($0,2,n)",
        "if(NR==2)next",
        "if(n>1)exit",
        "print (1 in a)",
        "delete a[1]",
        "for(k in b)print k",
        "print length(x)",
        "print index($0,\"b\")",
        "print toupper($0)",
        "printf \"%c%s\",$1,\"\\n\"",
        "print n==2?\"two\":x",
        "print f($1)",
        "y=f(n)+1",
        "print x=3",
        "print int(n/2),n%2,n^2",
        "print a[1],a[\"b\"]",
        "$0=\"p q\"",
        "print !x",
        "print -n",
        "x+=2",
        "x=\"\"",
        "if(!($1 in seen)){seen[$1];print}",
        "print $NF",
        "print $n",
        "print (x>1)",
        "print (n&&x)||0",
    ];
    let body = || prop::collection::vec(prop::sample::select(STATEMENTS), 1..5).prop_map(|all| all.join(";"));
    let condition =
        prop::sample::select(&["", "NR>1", "$1", "n++<1", "!s[$0]++", "x", "/b/", "NF==2&&n"][..]);
    (some_of(&["-F:", "-Fa", "-vx=7", "-vOFS=-"]), condition, body(), body(), 0..3u8).prop_map(
        |(options, condition, body, end, kind)| {
            let end = match kind {
                0 => format!("END{{{end}}}"),
                1 => format!("BEGIN{{{end}}}"),
                _ => String::new(),
            };
            let program = format!("function f(v,w){{w=v \"f\";return w}}{condition}{{{body}}}{end}");
            command("awk", [options, vec![program]].concat())
        },
    )
}

/// `grep -P`
pub(super) fn grep_perl() -> impl Strategy<Value = Vec<Vec<u8>>> {
    const PIECES: &[&str] = &[
        "a", "b", "ab", ".", "*", "+", "?", "*?", "+?", "[ab]", "[^a]", "[a-c]", "(", ")", "(?:", "|", "{2}",
        "{1,2}", "^", "$", "\\b", "\\w", "\\s", "\\d", "\\.", "\\K", "(?=", "(?<=", "(?<=a)", "(?=b)",
        "(?<=b)", " ", "c", "\\S+", ".*",
    ];
    let options = some_of(&["-o", "-v", "-x", "-i", "-c", "-n"]);
    (options, pieces(PIECES, 6)).prop_map(|(options, pattern)| {
        command("grep", [options, vec!["-oP".to_owned(), "-e".to_owned(), pattern]].concat())
    })
}
