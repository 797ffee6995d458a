# argvet looks at every line before zsh runs it. In ~/.zshrc: eval "$(argvet shell-init zsh)"
#
# A line that is refused stays in the editor; Enter once more runs it.
if [[ -o interactive && -z ${__argvet_program-} ]]; then
  typeset -g __argvet_program={{program}} __argvet_refused=''

  __argvet_accept() {
    local report
    if [[ -n $BUFFER && $BUFFER != "$__argvet_refused" ]]; then
      if ! report=$(command "$__argvet_program" analyze --shell zsh --color never -- "$PREBUFFER$BUFFER" 2>&1); then
        __argvet_refused=$BUFFER
        zle -M "${report:-argvet did not answer.}"$'\n  argvet: Enter once more runs it.'
        return 0
      fi
    fi
    __argvet_refused=''
    zle ".$WIDGET"
  }

  for __argvet_widget in accept-line accept-and-hold accept-line-and-down-history accept-and-infer-next-history; do
    zle -N $__argvet_widget __argvet_accept
  done
  unset __argvet_widget
fi
