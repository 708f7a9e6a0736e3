package csvmap

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// pollutions change one line of a sheet, as slips and programs do. The meaning of the rest of the sheet must not
// change.
var pollutions = map[string]func(line, delimiter string) string{
	"a quote before a cell":      func(l, d string) string { return strings.Replace(l, d, d+`"`, 1) },
	"a quote behind a cell":      func(l, d string) string { return strings.Replace(l, d, `"`+d, 1) },
	"a quote at the end":         func(l, _ string) string { return l + `"` },
	"a quote at the beginning":   func(l, _ string) string { return `"` + l },
	"a quote within a cell":      func(l, d string) string { return strings.Replace(l, d, d+`x"y`, 1) },
	"quotes round half a cell":   func(l, d string) string { return strings.Replace(l, d, d+`"x" `, 1) },
	"another delimiter":          func(l, d string) string { return strings.ReplaceAll(l, d, "\t") },
	"another delimiter once":     func(l, d string) string { return strings.Replace(l, d, "|", 1) },
	"a delimiter too many":       func(l, d string) string { return strings.Replace(l, d, d+d, 1) },
	"a delimiter too few":        func(l, d string) string { return strings.Replace(l, d, "", 1) },
	"a delimiter at the end":     func(l, d string) string { return l + d },
	"a line break in a cell":     func(l, d string) string { return strings.Replace(l, d, d+"\n", 1) },
	"a line break in the middle": func(l, d string) string { return strings.Replace(l, "São", "São\n", 1) },
	"a line break in the last":   func(l, d string) string { return strings.Replace(l, "ligar", "ligar\n", 1) },
	"quotes round the row":       func(l, _ string) string { return `"` + strings.ReplaceAll(l, `"`, `""`) + `"` },
	"typographic quotes": func(l, d string) string {
		return strings.ReplaceAll(strings.ReplaceAll(l, d, "”"+d+"“")+"”", "”"+d+"“Neg", d+"“Neg")
	},
	"a carriage return in a cell":  func(l, d string) string { return strings.Replace(l, d, d+"\r", 1) },
	"a carriage return at the end": func(l, _ string) string { return l + "\r" },
	"a blank line behind":          func(l, _ string) string { return l + "\n" },
	"a row of one cell behind":     func(l, _ string) string { return l + "\nTotal" },
	"a byte that is no text":       func(l, d string) string { return strings.Replace(l, d, d+"\xe9", 1) },
	"the first half alone":         func(l, _ string) string { return l[:len(l)/2] },
	"an empty line instead":        func(string, string) string { return "" },
}

// TestOnePollutedLineHarmsNothingElse counts the outcomes of sheets with one polluted line: no other row may be sent
// with another value, or under another id.
func TestOnePollutedLineHarmsNothingElse(t *testing.T) {
	files, filesRefused, others, sent := 0, 0, 0, 0
	changed := map[string]int{} // polluted rows that are sent with other values
	for _, quoted := range []bool{false, true} {
		if testing.Short() && quoted {
			continue
		}
		for _, delimiter := range []string{",", ";", "\t"} {
			clean := cleanLines(delimiter, quoted)
			want := rowsByID(t, strings.Join(clean, "\n")+"\n")
			for name, pollute := range pollutions {
				for line := 1; line < len(clean); line++ {
					polluted := append([]string{}, clean...)
					polluted[line] = pollute(polluted[line], delimiter)
					files++
					others += len(want) - 1
					_, rows, err := inspected(opens(strings.Join(polluted, "\n")+"\n"), Options{})
					if err != nil {
						filesRefused++
						continue
					}
					for _, row := range rows {
						own := row.ID == fmt.Sprintf("opp_%06d", line)
						isText := quoted && strings.HasPrefix(name, "a line break in the") // in quotes it is part of the cell
						if own && !isText && len(row.Problems) == 0 && fmt.Sprint(row.Cells) != want[row.ID] {
							changed[name]++
						}
						switch {
						case len(row.Problems) > 0 || own:
						case len(row.Cells) > 0 && fmt.Sprint(row.Cells) != want[row.ID]:
							t.Errorf("%s in line %d of %q: row %q is sent with %v", name, line+1, delimiter, row.ID, row.Cells)
						default:
							sent++
						}
					}
				}
			}
		}
	}
	t.Logf("%d files, %d of them refused; of %d rows beside the polluted ones %d are sent", files, filesRefused, others, sent)
	t.Log("sent as they stand: ", changed)
	for name := range changed {
		if !slices.Contains(takenAsTheyStand, name) {
			t.Errorf("a row with %s is sent with other values", name)
		}
	}
	if filesRefused*50 > files || sent*100 < others*95 {
		t.Errorf("%d of %d files are refused, and %d of %d rows are sent", filesRefused, files, sent, others)
	}
}

// takenAsTheyStand are the pollutions that leave a row that could be intended: a quote is an ordinary character in a
// cell that isn't quoted, and a row may have fewer cells than the header.
var takenAsTheyStand = []string{"a quote at the end", "a quote within a cell", "the first half alone"}

func cleanLines(delimiter string, quoted bool) []string {
	lines := []string{strings.Join([]string{"id", "name", "company", "notes"}, delimiter)}
	for i := 1; i <= 12; i++ {
		cells := []string{fmt.Sprintf("opp_%06d", i), fmt.Sprintf("Negócio %d", i), "Padaria São João", fmt.Sprintf("ligar na segunda %d", i)}
		for j := range cells {
			if quoted {
				cells[j] = `"` + cells[j] + `"`
			}
		}
		lines = append(lines, strings.Join(cells, delimiter))
	}
	return lines
}

// rowsByID returns the cells of each row, as text.
func rowsByID(t testing.TB, text string) map[string]string {
	t.Helper()
	_, rows := readSheet(t, text, Options{})
	all := map[string]string{}
	for _, row := range rows {
		all[row.ID] = fmt.Sprint(row.Cells)
	}
	return all
}
