bash -c "bash -c \"bash -c 'bash -c \\\"echo one; git status\\\"; ls'; pwd\"; date" && eval "eval 'eval echo two'"
