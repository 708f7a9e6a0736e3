package report

import (
	"bufio"
	"bytes"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"razebulk/internal/review"
)

// TestLinesOfAPlanAreThoseOfEncodingCSV, although their beginning is encoded only once for all lines of a row.
func TestLinesOfAPlanAreThoseOfEncodingCSV(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Dialect{Delimiter: rapid.SampledFrom([]rune{0, ';', '\t'}).Draw(t, "delimiter"), CRLF: rapid.Bool().Draw(t, "crlf")}
		text := rapid.StringOf(rapid.RuneFrom([]rune("a =+'\"\r\n\t;,\\.é")))
		var got, want bytes.Buffer
		p := &PlanFile{dialect: d, writer: bufio.NewWriterSize(&got, 64<<10)}
		p.table, p.start = d.newWriter(p.writer), d.newEncoded()
		whole := d.newWriter(&want)
		for row := range rapid.IntRange(0, 4).Draw(t, "rows") {
			id := text.Draw(t, "id")
			lines := make([]planLine, rapid.IntRange(0, 3).Draw(t, "lines"))
			for i := range lines {
				l := review.Line{Row: row, ID: id, Status: "X", Field: "notes", Current: text.Draw(t, "current"), New: text.Draw(t, "new"), Message: text.Draw(t, "message")}
				lines[i].Line = l
				_ = whole.Write([]string{strconv.Itoa(row), escape(id), l.Status, l.Field, escape(l.Current), escape(l.New), escape(l.Message)})
			}
			if err := p.addRecords(lines); err != nil {
				t.Fatal(err)
			}
		}
		p.table.Flush()
		whole.Flush()
		if got.String() != want.String() {
			t.Errorf("got %q, want %q", &got, &want)
		}
	})
}
