# SPDX-License-Identifier: MIT
# From one exported record ($count - 1) more, a day apart, with answers from a fixed sequence of numbers:
#   attune history export | jq -c --argjson count 10000 -f check_ins.jq | attune history import -
. as $first
| range($count) as $day
| $first
| .id = ("d" + ("000000000" + ($day | tostring))[-9:])
| .line = $day + 1
| .lines = $count
| if $day > 0 then del(.questionnaire.text) else . end
| .taken_at = (820497600 + $day * 86400 | todate)
| .started_at = .taken_at
| .answers |= [to_entries[]
    | .value.answer = ((($day * 7919 + .key * 104729) * 31 % 1009) % 7 + 1)
    | .value.seconds = (($day * 31 + .key * 17) % 7000 + 900) / 1000
    | .value]
