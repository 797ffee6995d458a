# argvet looks at every line before bash runs it. In ~/.bashrc, as the last line: eval "$(argvet shell-init bash)"
#
# The DEBUG trap stands before each simple command, and with extdebug it can skip it; a skipped command counts as a
# success, so after a refusal all commands up to the next prompt are skipped.
if [[ $- == *i* && -z ${__argvet_program-} ]]; then
  __argvet_program={{program}}
  __argvet_armed=0 __argvet_verdict='' __argvet_history=''

  __argvet_prompt() {
    __argvet_armed=0 __argvet_verdict=''
    __argvet_history=$(HISTTIMEFORMAT='' builtin history 1)
  }

  __argvet_check() {
    # Not armed: completion, or what PROMPT_COMMAND runs.
    [[ $__argvet_armed == 1 && -z ${COMP_LINE-} ]] || return 0
    [[ $BASH_COMMAND != __argvet_prompt && ${FUNCNAME[1]-} != __argvet_prompt ]] || return 0
    case $__argvet_verdict in run) return 0 ;; skip) return 1 ;; esac
    # The line as it was typed is in the history, unless HISTCONTROL keeps it out; then each command is looked at.
    local line answer report
    line=$(HISTTIMEFORMAT='' builtin history 1)
    if [[ $line != "$__argvet_history" ]]; then
      line=${line#"${line%%[![:space:]]*}"} line=${line#*[[:space:]]}
    else
      line=$BASH_COMMAND
    fi
    if report=$(command "$__argvet_program" analyze -- "$line" 2>&1); then
      [[ $line == "$BASH_COMMAND" ]] || __argvet_verdict=run
      return 0
    fi
    printf '%s\n' "${report:-argvet did not answer.}" >/dev/tty
    read -r -p 'argvet: run it nevertheless? [y/N] ' answer </dev/tty 2>/dev/tty
    case $answer in
    [yY]*) __argvet_verdict=run && return 0 ;;
    *) __argvet_verdict=skip && return 1 ;;
    esac
  }

  PS0='${__argvet_armed:$((__argvet_armed = 1)):0}'${PS0-}
  if [[ $(declare -p PROMPT_COMMAND 2>/dev/null) == 'declare -a'* ]]; then
    PROMPT_COMMAND=(__argvet_prompt "${PROMPT_COMMAND[@]}")
  else
    PROMPT_COMMAND="__argvet_prompt${PROMPT_COMMAND:+; $PROMPT_COMMAND}"
  fi
  shopt -s extdebug
  set -o functrace
  trap __argvet_check DEBUG
fi
