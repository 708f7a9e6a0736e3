package csvmap

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"razebulk/csvmap/internal/amount"
	"razebulk/csvmap/internal/sheettest"
)

// inspect passes the rows of a sheet to check.
func inspect(text string, check func(iter.Seq2[Row, error]) error) (*Reading, error) {
	return Inspect(strings.NewReader(text), int64(len(text)), Options{}, check)
}

func amounts(t testing.TB, rows []Row) (texts []string) {
	t.Helper()
	for _, row := range rows {
		text := "?"
		for _, cell := range row.Cells {
			if cell.Field == "deal_value" {
				text = cell.Text
			}
		}
		texts = append(texts, text)
	}
	return texts
}

func TestAllRowsJudgeTheNumbers(t *testing.T) {
	for _, c := range []struct {
		name  string
		cells []string
		want  string
	}{
		{"proof in the first row", []string{"1,5", "1.234", "2.345"}, "1.5 1234 2345"},
		{"proof in the last row", []string{"1.234", "2.345", "1,5"}, "1234 2345 1.5"},
		{"proof for a point", []string{"1,234", "1.234", "1.5"}, "1234 1.234 1.5"},
		{"no number needs it", []string{"1234", "7", ""}, "1234 7 ?"},
		{"the majority", []string{"1,5", "1.5", "2,5", "1.234"}, "1.5 ? 2.5 1234"},
		{"no proof beside no number", []string{"x", "1234"}, "? 1234"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, rows := readSheet(t, "id;deal_value\n1;"+strings.Join(c.cells, "\n1;")+"\n", Options{})
			if got := strings.Join(amounts(t, rows), " "); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestProofFarDownChangesWhatWasAssumed(t *testing.T) {
	for _, c := range []struct{ first, later, want string }{
		{"1.5", "1,5", "?"}, {"1,5", "1.5", "?"}, {"1.234", "1,5", "1234"}, {"1.234", "1.2345", "1.234"}, {"1,234", "1,2345", "1.234"},
	} {
		t.Run(c.first+" then "+c.later, func(t *testing.T) {
			text := "id;deal_value\n" + strings.Repeat("1;"+c.first+"\n", rowsForJudgement) + strings.Repeat("1;"+c.later+"\n", rowsForJudgement+1)
			times := 0
			var rows []Row
			_, err := inspect(text, func(all iter.Seq2[Row, error]) (err error) {
				times++
				rows, err = collected(all)
				return err
			})
			if err != nil || times != 2 || len(rows) != 2*rowsForJudgement+1 {
				t.Fatalf("%d rows, %d times, %v", len(rows), times, err)
			}
			if got := amounts(t, rows); got[0] != c.want || got[2*rowsForJudgement][:3] != "1.2" && got[2*rowsForJudgement] != "1.5" {
				t.Errorf("got %s and %s", got[0], got[2*rowsForJudgement])
			}
		})
	}
}

func TestRowsAreOfferedOnceAsARule(t *testing.T) {
	for _, text := range []string{"id,name\n1,a\n", "id;deal_value\n1;1,5\n2;1.234\n", "id,deal_value\n1,7\n"} {
		times := 0
		_, err := inspect(text, func(all iter.Seq2[Row, error]) error {
			times++
			_, err := collected(all)
			return err
		})
		if err != nil || times != 1 {
			t.Errorf("%q: %d times, %v", text, times, err)
		}
	}
}

func TestDecimalOptionOverrides(t *testing.T) {
	for _, c := range []struct {
		decimal     Decimal
		cells, want string
	}{
		{amount.Comma, "1.234", "1234"}, {amount.Point, "1.234", "1.234"}, {amount.Comma, "1,5\n1;1.5\n1;2.5", "1.5 ? ?"}, {amount.Point, "1,5\n1;2,5\n1;1.5", "? ? 1.5"}, {amount.Point, "7", "7"},
	} {
		r, rows := readSheet(t, "id;deal_value\n1;"+c.cells+"\n", Options{Decimal: c.decimal})
		if got := strings.Join(amounts(t, rows), " "); got != c.want || r.String() != "UTF-8, semicolon, decimal "+c.decimal.String() {
			t.Errorf("%s: got %s as %s, want %s", c.cells, got, r, c.want)
		}
	}
}

func TestColumnsOfReadings(t *testing.T) {
	for text, want := range map[string]string{
		"id;Valor;status;Score;;raze_status\n1;1,5;x;y;;\n": "[id deal_value:number, (read-only) (ignored) (unnamed) (ignored)]",
		"id;Valor\n1;1.5\n":                   "[id deal_value:number.]",
		"Nome;ID do negócio;Moeda\na;1;BRL\n": "[name id deal_currency]",
	} {
		o := Options{}
		if strings.Contains(text, "Score") {
			o.Ignore = []string{"score"}
		}
		r, _ := readSheet(t, text, o)
		if got := fmt.Sprint(r.Columns()); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func TestErrorOfTheCheckEndsIt(t *testing.T) {
	stop := errors.New("stop")
	r, err := inspect("id;deal_value\n1;1,5\n2;1.234\n", func(rows iter.Seq2[Row, error]) error {
		for range rows {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) {
		t.Errorf("got %v, %v", r, err)
	}
}

func TestSheetThatCannotBeJudged(t *testing.T) {
	for _, c := range []struct{ cells, want string }{
		{"1.234\n2;2.345", `column "Valor": every amount can be read in two ways, such as "1.234" in row 3`},
		{"1,5\n2;1.5", `column "Valor": as many amounts have a decimal point, such as "1.5" in row 4, as a decimal comma, such as "1,5" in row 3`},
	} {
		sheettest.WantError(t, readError("id;Valor\n\n1;"+c.cells+"\n", Options{}), c.want)
	}
}

func TestOpenReadsTheSameRowsAgain(t *testing.T) {
	text := "\ufeffsep=;\r\nid;Valor;Nome\r\n1;1.234;a\r\n\r\n2;1,5;\"b\r\nc\"\r\n"
	r, rows := readSheet(t, text, Options{})
	for range 2 {
		again, err := collected(reopened(t, r, text).Rows())
		if err != nil {
			t.Fatal(err)
		}
		wantRows(t, again, rows...)
	}
	r.file, r.size = strings.NewReader(""), 0
	if _, err := r.Open(); err == nil {
		t.Error("an empty file is opened as the sheet")
	}
}

func TestAdviceOnAmountsKnowsTheDecimalSeparator(t *testing.T) {
	for sheet, want := range map[string]string{
		"id;Valor\n1;10,50\n2;10%\n": "such as 1234,50", "id;Valor\n1;10.50\n2;10%\n": "such as 1234.50", "id;Valor\n1;10\n2;10%\n": "such as 1234.50 or 1234,50",
		"id;Valor;raze_decimal\n2;10%;comma\n": "such as 1234,50",
	} {
		_, rows, err := inspected(opens(sheet), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := sheettest.Text(rows[len(rows)-1].Problems[0].Reason()); !strings.Contains(got+" ", want+" ") {
			t.Errorf("%q: got %q, want %q", sheet, got, want)
		}
	}
}
