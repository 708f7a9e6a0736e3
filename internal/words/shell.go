package words

import (
	"encoding/csv"
	"runtime"
	"strings"
)

// shell writes an argument as the user's shell takes it. White space is one blank: headers are compared without it, and
// a line break would end the command.
func shell(text string) string { return shellOf(runtime.GOOS, text) }

func shellOf(system, text string) string {
	text = strings.Join(strings.Fields(text), " ")
	switch {
	case !strings.ContainsAny(text, "\"$`\\!"):
		return `"` + text + `"`
	case system == "windows": // PowerShell
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// csvLine is [CSVLine] of names in which white space is one blank.
func csvLine(names []string) string {
	plain := make([]string, len(names))
	for i, name := range names {
		plain[i] = strings.Join(strings.Fields(name), " ")
	}
	return CSVLine(plain)
}

// CSVLine is a list as a flag of several values takes it: a name with a comma stands in quotes.
func CSVLine(names []string) string {
	var line strings.Builder
	w := csv.NewWriter(&line)
	_ = w.Write(names) // can't fail: it goes to memory
	w.Flush()
	return strings.TrimSuffix(line.String(), "\n")
}
