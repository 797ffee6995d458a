#!/.oracle/bash -p
# Stands in for a program: logs its words, and for a wrapper runs what the wrapper would run. `-p`: nothing in the
# environment of the command under test reaches this shell.
name=${0##*/}
printf '%s\0' "$(($# + 1))" "$name" "$@" >> "/log/$$"
unset BASH_ENV ENV

# skip LETTERS LONG-OPTIONS ARGUMENTS…: leaves the operands in `rest` and the options in `given`.
skip() {
    local letters=$1 longs=" $2 "
    shift 2
    given=()
    while (($#)); do
        case $1 in
            --) shift; break ;;
            --*=*) given+=("$1") ;;
            --*) given+=("$1"); [[ $longs == *" $1 "* ]] && { shift; given+=("$1"); } ;;
            -?*)
                given+=("$1")
                local word=$1 at
                for ((at = 1; at < ${#word}; at++)); do
                    if [[ $letters == *"${word:at:1}"* ]]; then
                        ((at + 1 == ${#word})) && { shift; given+=("$1"); }
                        break
                    fi
                done ;;
            *) break ;;
        esac
        shift
    done
    rest=("$@")
}
run() { (($#)) && exec env -- "$@"; exit 0; }
shell() { exec bash -c "$@"; }

case $name in
    sudo)
        skip CDghprTtUuR '--user --group --host --prompt --chdir --chroot --close-from --role --type --command-timeout' "$@"
        for option in "${given[@]}"; do
            case $option in
                --login | --shell | -[!-]*[is]* | -[is]) ((${#rest[@]})) && shell "${rest[*]}" || exec bash ;;
                -e | --edit | -l | --list | -v | -V | -k) exit 0 ;;
            esac
        done
        run "${rest[@]}" ;;
    doas) skip Cua '' "$@"; ((${#rest[@]})) || exec bash; run "${rest[@]}" ;;
    pkexec) skip '' '--user' "$@"; run "${rest[@]}" ;;
    gosu | su-exec) shift; run "$@" ;;
    su | runuser)
        while (($#)); do
            case $1 in
                -c | --command | --session-command) shell "$2" ;;
                --command=*) shell "${1#*=}" ;;
                -u | -g | -G | -s | -w) [[ $1 == -u && $name == runuser ]] && user=1; shift ;;
                --) shift; break ;;
                -*) ;;
                *) [[ $user ]] && break; ;;
            esac
            shift
        done
        [[ $user ]] && run "$@"
        exec bash ;;
    ssh)
        skip BbcDEeFIiJLlmOopQRSWw '' "$@"
        for option in "${given[@]}"; do
            [[ $option == *ProxyCommand=* ]] && bash -c "${option#*ProxyCommand=}"
        done
        set -- "${rest[@]:1}"
        (($#)) && shell "$*"
        exec bash ;;
    ionice) skip cnpPu '--class --classdata --pid --pgid --uid' "$@"; run "${rest[@]}" ;;
    chrt) skip TPD '--sched-runtime' "$@"; run "${rest[@]:1}" ;;
    taskset) skip '' '' "$@"; run "${rest[@]:1}" ;;
    chroot) skip '' '--userspec --groups' "$@"; run "${rest[@]:1}" ;;
    unshare) skip SGRw '--root --wd --setuid --setgid' "$@"; run "${rest[@]}" ;;
    nsenter) skip tSGW '--target' "$@"; run "${rest[@]}" ;;
    strace | ltrace) skip abeEIoOpPsSuUXlnADwF '--trace --output' "$@"; run "${rest[@]}" ;;
    unbuffer | fakeroot | setarch | torsocks | proxychains | catchsegv | dbus-run-session | caffeinate | rtk)
        skip '' '' "$@"; run "${rest[@]}" ;;
    xvfb-run) skip nefspw '--server-num --server-args' "$@"; run "${rest[@]}" ;;
    valgrind) skip '' '' "$@"; run "${rest[@]}" ;;
    time) skip fo '--format --output' "$@"; run "${rest[@]}" ;;
    prlimit) skip op '' "$@"; run "${rest[@]}" ;;
    systemd-run) skip HMpuE '--unit --property --slice --uid --gid --setenv --description' "$@"; run "${rest[@]}" ;;
    flock)
        skip wE '--wait --timeout' "$@"
        [[ ${rest[1]} == -c || ${rest[1]} == --command ]] && shell "${rest[2]}"
        run "${rest[@]:1}" ;;
    watch)
        skip nq '--interval' "$@"
        for option in "${given[@]}"; do [[ $option == -x || $option == --exec ]] && run "${rest[@]}"; done
        shell "${rest[*]}" ;;
    script)
        while (($#)); do
            case $1 in
                -*c) shell "$2" ;;
                --command=*) shell "${1#*=}" ;;
                --command) shell "$2" ;;
            esac
            shift
        done ;;
    parallel)
        # What would be run is printed.
        for word; do
            case $word in
                --dr*) exit 0 ;;
                :::) break ;;
            esac
        done
        skip jPn '--jobs --max-args' "$@"
        set -- "${rest[@]}"
        words=()
        while (($#)) && [[ $1 != ::: ]]; do words+=("$1"); shift; done
        if (($#)); then shift; else mapfile -t lines; set -- "${lines[@]}"; fi
        for argument; do
            printf -v quoted %q "$argument"
            text="${words[*]}"
            if [[ $text == *'{}'* ]]; then bash -c "${text//'{}'/$quoted}"; else bash -c "$text $quoted"; fi
        done ;;
    docker | podman)
        skip Hc '--host --context' "$@"
        set -- "${rest[@]}"
        [[ $1 == run || $1 == exec ]] || exit 0
        shift
        skip euvwpml '--name --env --user --volume --workdir --network --entrypoint --env-file' "$@"
        run "${rest[@]:1}" ;;
    kubectl)
        while (($#)) && [[ $1 != -- ]]; do shift; done
        run "${@:2}" ;;
    doppler | op | aws-vault | chamber)
        while (($#)) && [[ $1 != -- ]]; do shift; done
        run "${@:2}" ;;
    direnv) [[ $1 == exec ]] && run "${@:3}" ;;
    poetry | pipenv | uv | bundle) [[ $1 == run || $1 == exec ]] && run "${@:2}" ;;
    nix-shell) [[ $1 == --run || $1 == --command ]] && shell "$2" ;;
    git)
        aliases=()
        while (($#)); do
            case $1 in
                -c) aliases+=("$2"); shift ;;
                -C | --git-dir | --work-tree | --namespace) shift ;;
                -*) ;;
                *) break ;;
            esac
            shift
        done
        for alias in "${aliases[@]}"; do
            [[ $alias == "alias.$1="!* ]] && { text=${alias#*=!}; shift; shell "$text \"\$@\"" "$text" "$@"; }
        done
        case "$1 $2" in
            'bisect run') run "${@:3}" ;;
            'submodule foreach') shift 2; skip '' '' "$@"; shell "${rest[*]}" ;;
        esac
        [[ $1 == rebase ]] && while (($#)); do
            case $1 in
                -x | --exec) bash -c "$2" ;;
                --exec=*) bash -c "${1#*=}" ;;
            esac
            shift
        done ;;
    tar)
        for argument; do
            case $argument in
                --checkpoint-action=exec=*) bash -c "${argument#*=exec=}" ;;
                --to-command=*) bash -c "${argument#*=}" ;;
            esac
        done ;;
    chmod | cp | find | ln | mkdir | mkfifo | sed | tee | touch) exec "/.oracle/real/$name" "$@" ;;
esac
exit 0
