# Completion of attune for bash. What fits is the program's to say.
_attune() {
  local line=${COMP_LINE:0:COMP_POINT} word taken found
  local -a words
  read -ra words <<<"$line"
  if [[ $line == *[[:space:]] ]]; then words+=(""); fi
  word=${words[-1]}
  taken=${word%"${word##*[:=]}"} # bash itself takes a word apart at : and =
  COMPREPLY=()
  while IFS= read -r found; do
    COMPREPLY+=("${found#"$taken"}")
  done < <("$(type -P -- "${1/#\~/$HOME}" || echo attune)" completion bash -- "${words[@]:1}" 2>/dev/null)
}
complete -o default -F _attune attune
