#!/bin/sh
# Installs Debian's Chromium and a Thai font for the browser tests when one is missing and this user may.
# Never fails: the tests report what they could not run.
thai_font() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=th 2>/dev/null)" ]; }
missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium fonts-noto-color-emoji"
# The practice room uses the machine's own fonts: without a Thai one it is drawn as boxes.
thai_font || missing="$missing fontconfig fonts-tlwg-loma"
[ -n "$missing" ] || exit 0
give_up() { echo "BROWSER TESTS WILL NOT RUN AS THEY SHOULD: $1 ($missing)." >&2; exit 0; }
if [ "$(id -u)" = 0 ]; then sudo=""; elif sudo -n true 2>/dev/null; then sudo="sudo -n"; else
  give_up "something is missing and this user may not install it with apt-get"; fi
command -v apt-get >/dev/null 2>&1 || give_up "something is missing and there is no apt-get"
echo "Installing for the browser tests: $missing ..."
# shellcheck disable=SC2086 # the words are package names
{ $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing; } >/dev/null 2>&1 \
  || give_up "apt-get could not install it"
exit 0
