#!/bin/sh
# Writes the exports of testdata/exports anew: those of LibreOffice, those of excelize, and the shapes of other programs.
# Needs Go and LibreOffice; what is there was written by LibreOffice 7.4.7. Run it from anywhere in the repository; tests never do.
set -eu

exports=$(cd "$(dirname "$0")/.." && pwd)
cd "$exports/make"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

go run main.go table.go bytes.go programs.go amounts.go damaged.go workbooks.go "$exports" "$work"

# office PLACE OUTPUT-FOLDER FILTER FILE: LibreOffice writes amounts as its own locale does, whatever language a filter names.
office() {
	profile=$work/profile-$1
	if [ ! -d "$profile" ]; then
		mkdir -p "$profile/user"
		cat >"$profile/user/registrymodifications.xcu" <<END
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>$1</value></prop></item>
</oor:items>
END
	fi
	soffice --headless "-env:UserInstallation=file://$profile" --convert-to "$3" --outdir "$2" "$4" >/dev/null 2>&1
}

# text PLACE SEPARATOR CHARSET QUOTE-ALL-TEXT NUMBERS AS-SHOWN TABLE NAME: NUMBERS true leaves them bare, false makes text of them.
text() {
	office "$1" "$work/text" "csv:Text - txt - csv (StarCalc):$2,34,$3,1,,0,$4,$5,$6" "$work/$7.xlsx"
	mv "$work/text/$7.csv" "$exports/libreoffice-$8"
}

comma=44 semicolon=59 tab=9 pipe=124
utf8=76 windows1252=1 utf16=65535

text pt-BR $semicolon $utf8 false true true table pt-br-shown.csv
text pt-BR $comma $utf8 false true false table pt-br-raw-comma.csv
text pt-BR $tab $utf16 false true true table pt-br-shown-utf16.tsv
text pt-BR $semicolon $windows1252 true true false table pt-br-quoted-windows-1252.csv
text pt-BR $semicolon $utf8 true true true table-portuguese pt-br-portuguese-headers.csv
text pt-PT $semicolon $utf8 false true true table pt-pt-shown.csv
text en-US $comma $utf8 false true true table en-us-shown.csv
text en-US $pipe $utf8 true false false table en-us-all-text-pipe.csv
text en-US $comma $windows1252 false true false table en-us-windows-1252.csv
text en-GB $tab $utf16 true true true table en-gb-quoted-utf16.tsv
text en-IN $comma $utf8 false true true table en-in-shown.csv
text de-DE $comma $utf8 true false true table de-de-all-text-comma.csv
text de-DE $tab $windows1252 false true false table de-de-raw-tab.tsv
text de-CH $semicolon $utf8 false true true table de-ch-shown.csv
text fr-FR $semicolon $utf8 false true true table fr-fr-shown.csv
text fr-FR $semicolon $windows1252 false true false table fr-fr-raw-windows-1252.csv
text fr-FR $semicolon $windows1252 false true true table fr-fr-shown-windows-1252.csv
text es-ES $pipe $utf8 false true true table es-es-shown-pipe.csv
text sv-SE $comma $utf8 false true true table sv-se-shown-comma.csv
text ru-RU $semicolon $utf8 true true true table ru-ru-quoted.csv
text ja-JP $tab $utf8 false true true table ja-jp-shown-tab.tsv

# By way of .ods, so that nothing is left of the program that wrote the table.
office pt-BR "$work" ods "$work/table.xlsx"
office pt-BR "$work/book" xlsx "$work/table.ods"
mv "$work/book/table.xlsx" "$exports/libreoffice-pt-br-workbook.xlsx"
office pt-BR "$work/book" xlsx "$work/formulas.xlsx"
mv "$work/book/formulas.xlsx" "$exports/libreoffice-pt-br-formulas.xlsx"
