//! git: abbreviations behind the subcommand, clusters with values, options of git itself only in front.

use super::{check, check_assuming};

const GIT: &str = "
    git @ git
    git : -C <dir> | -c <config> | --git-dir <dir> | --work-tree <dir> | --no-pager | -p, --paginate
    git push : -f, --force | --force-with-lease[=<ref>] | --force-if-includes | -n, --dry-run
    git push : -o, --push-option <option> | -d, --delete | --mirror | --prune | -u, --set-upstream | -v, --verbose
    git push = [remote] [refspec...]
    git reset : --hard | --soft | --mixed | -q, --quiet
    git stash : -u, --include-untracked
    git stash drop ~ rm
    git stash drop : -q, --quiet
    git clean : -f, --force | -d | -x | -e, --exclude <pattern> | -n, --dry-run
    git clean = [path...]
    git rebase : -i, --interactive | -x, --exec <script>
";

#[test]
fn subcommands_and_outer_options() {
    check(GIT, "git", "git");
    check(GIT, "git status", "git [status]");
    check(GIT, "git push", "git push");
    check(GIT, "git -C app push -f origin", "git push {-C=app --force} [remote:origin]");
    check(GIT, "git -Capp push", "git push {-C=app}");
    check(GIT, "git --git-dir=/x --no-pager push", "git push {--git-dir=/x --no-pager}");
    check(GIT, "git -C push push", "git push {-C=push}");
    check(GIT, "git stash drop -q", "git stash drop {--quiet}");
    check(GIT, "git stash rm", "git stash drop");
    check(GIT, "git stash -u", "git stash {--include-untracked}");
    check(GIT, "git --paginat push", "git push {--paginat} ? / git {--paginat=push} ?");
}

#[test]
fn options_of_a_subcommand_do_not_stand_before_it() {
    check(GIT, "git --force push", "git push {--force} ? / git {--force=push} ?");
    check(GIT, "git push -C x", "git push {-C} [remote:x] ? / git push {-C=x} ?");
}

#[test]
fn options_behind_operands() {
    check(GIT, "git push origin main --force", "git push {--force} [remote:origin refspec:main]");
    check(GIT, "git push origin -- -f", "git push [remote:origin refspec:-f]");
    check(GIT, "git push origin main dev", "git push [remote:origin refspec:main refspec:dev]");
}

#[test]
fn clusters() {
    check(GIT, "git push -of", "git push {--push-option=f}");
    check(GIT, "git push -fo x", "git push {--force --push-option=x}");
    check(GIT, "git push -fox", "git push {--force --push-option=x}");
    check(GIT, "git push -o -f", "git push {--push-option=-f}");
    check(GIT, "git clean -xdf", "git clean {-x -d --force}");
    check(GIT, "git clean -xdfe node_modules", "git clean {-x -d --force --exclude=node_modules}");
}

#[test]
fn abbreviations() {
    check(GIT, "git reset --h", "git reset {--hard}");
    check(GIT, "git push --mir", "git push {--mirror}");
    check(GIT, "git push --dr", "git push {--dry-run}");
    check(GIT, "git push --push-opt=x", "git push {--push-option=x}");
    // Ambiguous, which git refuses.
    check(GIT, "git push --f", "git push {--f}");
    check(GIT, "git push --fo", "git push {--fo}");
    check(GIT, "git push --force-w", "git push {--force-with-lease}");
    check(GIT, "git push --force", "git push {--force}");
}

#[test]
fn negations() {
    check(GIT, "git push --force --no-force", "git push {--force !--force}");
    check(GIT, "git push --no-dry", "git push {!--dry-run}");
    check(GIT, "git push --no-verbose", "git push {!--verbose}");
}

#[test]
fn nested() {
    check(GIT, "git -c alias.x=!rm push", "git push {-c=alias.x=!rm} <config: alias.x=!rm by -c>");
    check(
        GIT,
        "git rebase -i --exec 'make test' main",
        "git rebase {--interactive --exec=make test} [main] <script: make test by --exec>",
    );
}

#[test]
fn unknown_subcommand_words() {
    check(GIT, "git \"$x\" --force", "git open@1 rest@2");
    check(GIT, "git -C app \"$x\"", "git {-C=app} open@3");
    check_assuming(GIT, "git \"$x\" --force", "git push", "git push {--force} ?");
    check_assuming(GIT, "git \"$x\" drop", "git stash drop", "git stash drop ?");
    check_assuming(GIT, "git \"$x\" list", "git stash drop", "nothing");
    check_assuming(GIT, "git pu\"$x\" -f", "git push", "git push {--force} ?");
    check_assuming(GIT, "git re\"$x\" -f", "git push", "nothing");
    check_assuming(GIT, "git push", "git push", "nothing");
    check_assuming(GIT, "git stash \"$x\"", "git stash drop", "git stash drop ?");
}

#[test]
fn unknown_words_that_may_be_several_or_none() {
    check(GIT, "git $x push -f", "git open@1 rest@2 ? / git push {--force} unknown@1 ?");
    check_assuming(GIT, "git $x", "git stash drop", "git stash drop unknown@1 ?");
    check_assuming(GIT, "git $x list", "git stash drop", "nothing");
}
