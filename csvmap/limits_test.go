package csvmap

import (
	"fmt"
	"io"
	"iter"
	"strings"
	"testing"
)

// endless repeats itself and counts what was read of it.
type endless struct {
	text string
	read int64
}

func (e *endless) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		n += copy(p[n:], e.text[(e.read+int64(n))%int64(len(e.text)):])
	}
	e.read += int64(n)
	return n, nil
}

func TestHugeRowOfASheetIsRefused(t *testing.T) {
	wantError(t, readError("id,name\n1,a\n2,\"\n"+strings.Repeat("n\n", maxRecord), Options{}), "line 3: the row that begins here is larger than 16 MiB")
}

func TestRowAsLargeAsAllowedIsRead(t *testing.T) {
	line := strings.Repeat("n", 63) + "\n"
	cell := strings.Repeat(line, (maxRecord-bufferSize)/len(line))
	_, rows := readSheet(t, "id,status,name\n1,\""+cell+"\",a\n2,,b\n", Options{})
	wantRows(t, rows, named(2, 2, "1", "a"), named(3, 3+len(cell)/len(line), "2", "b"))
}

func TestBlankLinesAreNoRowHoweverMany(t *testing.T) {
	blank := maxRecord/2 + bufferSize
	_, rows := readSheet(t, "id,name\n"+strings.Repeat("\r\n", blank)+"1,a\n", Options{})
	wantRows(t, rows, named(2+blank, 2+blank, "1", "a"))
}

func TestMemoryDoesNotGrowWithTheRows(t *testing.T) {
	const count = 100_000
	for name, row := range map[string]string{
		"UTF-8": "1,\"a\nb\",12.50,won,BRL\r\n\n", "with warnings": "1,TRUE,12.50,won,QQQ\n", "with problems": "1,#REF!,x,won,x\n", "Windows-1252": "1,\xe9a,12.50,won,BRL\n",
	} {
		t.Run(name, func(t *testing.T) {
			open := func() (io.Reader, error) {
				return io.MultiReader(strings.NewReader("id,name,deal_value,status,deal_currency\n"), io.LimitReader(&endless{text: row}, count*int64(len(row)))), nil
			}
			var early, late uint64
			_, err := Inspect(open, Options{}, func(rows iter.Seq2[Row, error]) error {
				n := 0
				for _, err := range rows {
					if err != nil {
						return err
					}
					switch n++; n {
					case count / 100:
						early = liveHeap()
					case count:
						late = liveHeap()
					}
				}
				return nil
			})
			if err != nil || late == 0 || late > early+1<<20 {
				t.Errorf("%d bytes live at the start, %d at the end, %v", early, late, err)
			}
		})
	}
}
