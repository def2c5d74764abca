#compdef attune
# Completion of attune for zsh. What fits is the program's to say.
_attune() {
  local line
  local -a found
  while IFS= read -r line; do
    found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
  done < <("${${(Q)words[1]}/#\~/$HOME}" completion zsh -- "${(@Q)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)
  if (( $#found )); then
    _describe attune found
  else
    _files
  fi
}
if [[ $funcstack[1] == _attune ]]; then
  _attune "$@"
else
  compdef _attune attune
fi
