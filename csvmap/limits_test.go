package csvmap

import (
	"io"
	"iter"
	"strings"
	"testing"

	"razebulk/csvmap/internal/sheettest"
)

// repeated is a file that repeats a row below its header.
type repeated struct {
	header, row string
	count       int64
}

func (r repeated) Size() int64 { return int64(len(r.header)) + r.count*int64(len(r.row)) }

func (r repeated) ReadAt(p []byte, at int64) (n int, err error) {
	for n < len(p) {
		switch below := at + int64(n) - int64(len(r.header)); {
		case below < 0:
			n += copy(p[n:], r.header[at+int64(n):])
		case below >= r.count*int64(len(r.row)):
			return n, io.EOF
		default:
			n += copy(p[n:], r.row[below%int64(len(r.row)):])
		}
	}
	return n, nil
}

const (
	maxRecord = 16 << 20 // of package textfile
	block     = 64 << 10
)

func TestHugeRowOfASheetIsRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second")
	}
	sheettest.WantError(t, readError("id,name\n1,a\n2,\"\n"+strings.Repeat("n\n", maxRecord), Options{}), "line 3: the row that begins here is larger than 16 MiB")
}

func TestRowAsLargeAsAllowedIsRead(t *testing.T) {
	line := strings.Repeat("n", 63) + "\n"
	cell := strings.Repeat(line, (maxRecord-block)/len(line))
	_, rows := readSheet(t, "id,status,name\n1,\""+cell+"\",a\n2,,b\n", Options{})
	wantRows(t, rows, named(2, 2, "1", "a"), named(3, 3+len(cell)/len(line), "2", "b"))
}

func TestBlankLinesAreNoRowHoweverMany(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second")
	}
	blank := maxRecord/2 + block
	_, rows := readSheet(t, "id,name\n"+strings.Repeat("\r\n", blank)+"1,a\n", Options{})
	wantRows(t, rows, named(2+blank, 2+blank, "1", "a"))
}

func TestMemoryDoesNotGrowWithTheRows(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second")
	}
	const count = 100_000
	for name, row := range map[string]string{
		"UTF-8": "1,\"a\nb\",12.50,won,BRL\r\n\n", "with warnings": "1,TRUE,12.50,won,QQQ\n", "with problems": "1,#REF!,x,won,x\n", "Windows-1252": "1,\xe9a,12.50,won,BRL\n",
	} {
		t.Run(name, func(t *testing.T) {
			file := repeated{"id,name,deal_value,status,deal_currency\n", row, count}
			var early, late uint64
			_, err := Inspect(file, file.Size(), Options{}, func(rows iter.Seq2[Row, error]) error {
				n := 0
				for _, err := range rows {
					if err != nil {
						return err
					}
					switch n++; n {
					case count / 100:
						early = sheettest.LiveHeap()
					case count:
						late = sheettest.LiveHeap()
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
