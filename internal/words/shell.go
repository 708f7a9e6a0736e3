package words

import (
	"encoding/csv"
	"runtime"
	"strings"
)

// shell quotes an argument for the user's shell. White space becomes one blank: headers are compared without it, and a
// line break would end the command.
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

// csvLine is [CSVLine] for names in which white space becomes one blank.
func csvLine(names []string) string {
	plain := make([]string, len(names))
	for i, name := range names {
		plain[i] = strings.Join(strings.Fields(name), " ")
	}
	return CSVLine(plain)
}

// CSVLine returns a list as a flag takes it, as a line of CSV.
func CSVLine(names []string) string {
	var line strings.Builder
	w := csv.NewWriter(&line)
	_ = w.Write(names) // writing to memory can't fail
	w.Flush()
	return strings.TrimSuffix(line.String(), "\n")
}
