# argvet looks at every line before fish runs it. In ~/.config/fish/config.fish: argvet shell-init fish | source
#
# argvet reads the line as bash would: what is fish's own (blocks that close with `end`) it cannot read, and says so. A
# line that is refused stays in the editor; Enter once more runs it.
if status is-interactive; and not set -q __argvet_program
    set -g __argvet_program {{program}}
    set -g __argvet_refused ''

    function __argvet_enter
        set -l line (commandline | string collect)
        if test -n "$line"; and test "$line" != "$__argvet_refused"
            # What cannot be started would end the function here, and the line would run.
            set -l report "$__argvet_program cannot be started."
            set -l verdict 127
            if command -q $__argvet_program
                set report (command $__argvet_program analyze --color never -- "$line" 2>&1)
                set verdict $status
            end
            if test $verdict -ne 0
                test -n "$report"; or set report 'argvet did not answer.'
                set -g __argvet_refused $line
                printf '\n%s' $report
                printf '\n  argvet: Enter once more runs it.\n\n'
                commandline -f repaint
                return
            end
        end
        set -g __argvet_refused ''
        commandline -f execute
    end

    for mode in default insert
        bind -M $mode \r __argvet_enter
        bind -M $mode \n __argvet_enter
        bind -M $mode enter __argvet_enter 2>/dev/null
    end
end
