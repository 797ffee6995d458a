for a in 1 2 3 4; do for b in x y z; do if test "$a" = "$b"; then c=rm; else c=echo; fi; $c "file-$a-$b" {p,q,r}.txt; done; done
