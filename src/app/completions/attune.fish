# Completion of attune for fish. What fits is the program's to say.
function __attune_completions
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    set -l program $words[1]
    set -e words[1]
    set -l found ($program completion fish -- $words "$word" 2>/dev/null)
    if set -q found[1]
        printf '%s\n' $found
    else
        __fish_complete_path "$word"
    end
end
complete -c attune -f -a '(__attune_completions)'
