package csvmap

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var (
	oddCells = []string{
		"Ana", "Bia Souza", "João", "", "", "10,50", "20.25", "1.500", "1,500", "1234", "50", "99", "a@b.co", "11 9999-9999", "S?o", "tem?", "SÃ£o JoÃ£o", "SaÚde",
		`x "y"`, `TV 32"`, "'a'", "“b”", "a, b", "a;b", "li\nnha", `fim"`, ` "z"`, "25\xf8C", "não", "é lá", "1000", "-", "#REF!", "Total", `c:\`,
	}
	oddHeaders = []string{"id|name|notes", "id|name|company|deal_value", "id|deal_value|notes", "name|phone|id|notes", "id|name|phone|email"}
	// oddQuotes are ways to write a cell, and what follows the last one.
	oddQuotes = []func(string) string{
		func(c string) string { return c },
		func(c string) string { return `"` + strings.ReplaceAll(c, `"`, `""`) + `"` },
		func(c string) string { return ` "` + strings.ReplaceAll(c, `"`, `""`) + `"` },
		func(c string) string { return `'` + strings.ReplaceAll(c, `'`, `''`) + `'` },
		func(c string) string { return `"` + strings.ReplaceAll(c, `"`, `\"`) + `"` },
	}
)

// drawOddSheet draws a sheet of which some rows have lost or gained a sign.
func drawOddSheet(t *rapid.T) string {
	delimiter, end := rapid.SampledFrom([]string{",", ";"}).Draw(t, "delimiter"), rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "end")
	quote, last := rapid.SampledFrom(oddQuotes).Draw(t, "quote"), rapid.SampledFrom([]string{"", "", "", delimiter}).Draw(t, "last")
	headers := strings.Split(rapid.SampledFrom(oddHeaders).Draw(t, "headers"), "|")
	text := strings.Join(headers, delimiter) + end
	for i := range rapid.IntRange(2, 8).Draw(t, "rows") {
		var row []string
		for _, header := range headers {
			text := rapid.SampledFrom(oddCells).Draw(t, header)
			if header == "id" {
				text = fmt.Sprintf("265e24ec-3bc8-4820-b65f-89a69d7babe%d", i)
			}
			row = append(row, quote(text))
		}
		text += odd(t, strings.Join(row, delimiter)+last, delimiter) + end
	}
	if rapid.Bool().Draw(t, "cut off") {
		text = strings.TrimSuffix(text, end)
	}
	return text
}

// odd returns a line that may have lost or gained a sign.
func odd(t *rapid.T, line, delimiter string) string {
	switch rapid.IntRange(0, 12).Draw(t, "odd") {
	case 0:
		return strings.TrimRight(line, delimiter)
	case 1:
		return strings.Replace(line, delimiter, "", 1)
	case 2:
		return strings.Replace(line, `"`, "", 1)
	case 3:
		return strings.ReplaceAll(line, delimiter, ";")
	case 4:
		return `"` + line + `"`
	case 5:
		return line[:rapid.IntRange(0, len(line)).Draw(t, "cut")]
	case 6:
		return strings.Replace(line, delimiter, delimiter+`"`, 1)
	}
	return line
}

// TestNoRefusedRowIsAcceptedFromAFailedFile: whatever is wrong with a row, it is not sent because the rest of the sheet
// is gone.
func TestNoRefusedRowIsAcceptedFromAFailedFile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for range times(10) {
			text := drawOddSheet(t)
			failed, codes, err := failedFrom(text, Options{})
			if err != nil || len(codes) == 0 {
				continue
			}
			again, err := reasonsOf(failed, Options{})
			if err == nil && slices.Contains(again, "") {
				t.Fatalf("%q:\ngot %v, then %v from\n%s", text, codes, again, failed)
			}
		}
	})
}
