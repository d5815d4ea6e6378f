#!/usr/bin/env bash
# Makes the simulator's calls from calls.txt. Needs espeak-ng, sox and lame (Debian packages of these names).
# For each call: <name>.agent.ulaw and <name>.customer.ulaw (G.711, 8 kHz, raw: half the size of 16 bit, and what a
# telephone sounds like), <name>.mono.mp3 and <name>.dual.mp3 (32 kbit/s, 16 kHz, no bit reservoir and no header frame, so that
# every frame of 144 bytes stands alone and a call can be cut or repeated at any of them).
set -euo pipefail
cd "$(dirname "$0")"
out=../src/main/resources/samples
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"
rm -f "$out"/*

say() { # voice, text, wav
  espeak-ng -v "$1" -s 185 -w "$work/raw.wav" "$2"
  sox "$work/raw.wav" -r 8000 -b 16 -c 1 "$3" highpass 300 lowpass 3400 silence 1 0.01 0.1% reverse silence 1 0.01 0.1% reverse pad 0.05 0.2 norm -6
}

finish() { # name
  local agent=$work/agent.wav customer=$work/customer.wav seconds
  sox "${agent_parts[@]}" "$agent"
  sox "${customer_parts[@]}" "$customer"
  # A whole number of mp3 frames of 36 ms, so that both formats repeat after the same time.
  seconds=$(soxi -D "$agent" | awk '{ n = int($1 / 0.036); if (n > 388) n = 388; printf "%.3f", n * 0.036 }')
  for part in agent customer; do
    sox "$work/$part.wav" "$work/$part.cut.wav" trim 0 "$seconds"
    sox "$work/$part.cut.wav" -t raw -e u-law -b 8 "$out/$1.$part.ulaw"
  done
  sox -m -v 1 "$work/agent.cut.wav" -v 1 "$work/customer.cut.wav" "$work/mono.wav"
  sox -M "$work/agent.cut.wav" "$work/customer.cut.wav" "$work/dual.wav"
  lame --quiet --nores -t --cbr -b 32 -m m --resample 16 "$work/mono.wav" "$work/mono.mp3"
  lame --quiet --nores -t --cbr -b 32 -m s --resample 16 "$work/dual.wav" "$work/dual.mp3"
  local bytes
  bytes=$(awk -v s="$seconds" 'BEGIN { printf "%d", s / 0.036 * 144 + 0.5 }')
  head -c "$bytes" "$work/mono.mp3" > "$out/$1.mono.mp3"
  head -c "$bytes" "$work/dual.mp3" > "$out/$1.dual.mp3"
  echo "$1: $seconds s"
  names+=("$1")
}

names=() name='' n=0
agent_parts=() customer_parts=()
while IFS= read -r line; do
  case $line in
    '' | '#'*) continue ;;
    '== '*)
      [ -z "$name" ] || finish "$name"
      read -r _ name agent_voice customer_voice <<<"$line"
      agent_parts=() customer_parts=()
      ;;
    *)
      n=$((n + 1))
      text=${line#? }
      if [ "${line%% *}" = A ]; then voice=$agent_voice; else voice=$customer_voice; fi
      say "$voice" "$text" "$work/$n.wav"
      sox "$work/$n.wav" "$work/$n.silence.wav" vol 0
      if [ "${line%% *}" = A ]; then
        agent_parts+=("$work/$n.wav") customer_parts+=("$work/$n.silence.wav")
      else
        agent_parts+=("$work/$n.silence.wav") customer_parts+=("$work/$n.wav")
      fi
      ;;
  esac
done <calls.txt
finish "$name"
printf '%s\n' "${names[@]}" >"$out/index.txt"
