#!/usr/bin/env bash
# Takes the screenshots of docs from the sandbox, in a headless browser. It needs Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."

taken=$(mktemp -d)
trap 'rm -rf "$taken"' EXIT
(cd test/browser && PICTURES=$taken go test -count=1 -run 'Report|Page' ./...)
for name in check columns result; do
  for language in en pt-BR; do
    cp "$taken/page-$name.$language.png" docs/
  done
done
cp "$taken/report.en.png" docs/report.en.png
