package csvmap

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// outcome returns a sheet in short form: how it is read, and for each row what is sent or why not.
func outcome(t testing.TB, text string, o Options) (words []string) {
	t.Helper()
	r, rows, err := inspected(opens(text), o)
	if err != nil {
		return []string{"refused: " + err.Error()}
	}
	words = append(words, r.String())
	for _, row := range rows {
		var cells []string
		for _, p := range row.Problems {
			cells = append(cells, "refused: "+p.Code)
		}
		for _, c := range row.Cells {
			cells = append(cells, c.Text)
		}
		words = append(words, row.ID+": "+strings.Join(cells, " | "))
	}
	return words
}

// TestSheetsThatPeopleHave checks how each file in testdata/sheets is read: its format, some of its rows, and how
// many rows are refused; or the reason why the whole file is refused.
func TestSheetsThatPeopleHave(t *testing.T) {
	for _, c := range []struct {
		file    string
		want    []string
		refused int
	}{
		{"enc_pl2_iso8859-2.csv", []string{"iso-8859-2, semicolon", "opp_000017: Grażyna Brzęczyszczykiewicz | Zażółć gęślą jaźń | możliwość współpracy"}, 0},
		{"enc_ro_cp1250.csv", []string{"windows-1250, semicolon", "opp_000000: Ştefan Ţepeş | Băuturi SRL | să sun mâine dimineaţă"}, 0},
		{"enc_tr_cp1254.csv", []string{"windows-1254, semicolon", "opp_000002: Çağrı Öztürk | İğneada | ığdır"}, 0},
		{"l08b_zh_short_gbk.csv", []string{"encoding_doubtful"}, 0},
		{"l08c_ko_euckr_short.csv", []string{"encoding_doubtful"}, 0},
		{"l08d_ru1251_short.csv", []string{"encoding_doubtful", "likely=windows-1251"}, 0},
		{"l08e_pl1250.csv", []string{"windows-1250, semicolon", "opp_000001: Łukasz Żak", "opp_000003: Święty"}, 0},
		{"l08g_cz1250.csv", []string{"windows-1250, semicolon", "opp_000002: Tomáš Růžička | Plzeň"}, 0},
		{"l22b_semicolonrow.csv", []string{"opp_000002: Bia | y"}, 1},
		{"m06b_smart_fit.csv", []string{"opp_000002: Bia | x"}, 1},
		{"m11_backslash.csv", []string{`UTF-8, comma, quotes \"`, `opp_000001: Ana | disse "oi" ontem`}, 0},
		{"m11b_apostquote.csv", []string{"UTF-8, comma, quotes '", "opp_000001: Ana | x"}, 0},
		{"m11c_apostquote2.csv", []string{"UTF-8, comma, quotes '", "opp_000002: Bia | y"}, 0},
		{"m12b_gluedquote.csv", []string{"opp_000001: Ana | Acme | x"}, 1},
		{"m14_trailing_only_data.csv", []string{"opp_000001: Ana | 10.5", "opp_000002: Bia | 20.5"}, 0},
		{"m24_nul.csv", []string{"zero_bytes"}, 0},
		{"m27_gsheet_tsv.tsv", []string{"UTF-8, tab", "opp_000001: refused: line 2: ", "opp_000002: Bia | y"}, 1},
		{"n02_tsv_swallow.tsv", []string{"opp_000003: Cid | x"}, 2},
		{"n21c_utf32.csv", []string{"encoding_not_read encoding=UTF-32"}, 0},
		{"n22b_mixedenc_long.csv", []string{"opp_000000: José", "line 52, column 18: bytes that are not UTF-8"}, 1},
		{"n23_truncated.csv", []string{"opp_000001: Ana | x", "the file ends within this row"}, 1},
		{"p2_13_csvq119.csv", []string{"opp_000001: refused: line 2: "}, 1},
		{"p2_19b_bomquoted.csv", []string{"opp_000001: Ana"}, 0},
		{"p2_28_tabletool.csv", []string{"opp_000002: Souza, Bia | y"}, 0},
		{"r1_mac_cr_last_crlf.csv", []string{"macintosh, semicolon, decimal comma", "opp_000001: Sítio Lagoa | 2.2"}, 0},
		{"s2_delimchange.csv", []string{"opp_000000: N"}, 1000},
	} {
		t.Run(c.file, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("../testdata/sheets", c.file))
			if err != nil {
				t.Fatal(err)
			}
			wantOutcome(t, string(text), c.want, c.refused)
		})
	}
}

func wantOutcome(t *testing.T, text string, want []string, refused int) {
	t.Helper()
	got := strings.Join(outcome(t, text, Options{}), "\n")
	for _, part := range want {
		if !strings.Contains(got, part) {
			t.Errorf("%.600s\nlacks %q", got, part)
		}
	}
	if n := strings.Count(got, ": refused: "); n != refused {
		t.Errorf("%.600s\nhas %d refused rows, want %d", got, n, refused)
	}
}

// TestSheetsOfTheSameKinds has a second sheet for each kind in the first test.
func TestSheetsOfTheSameKinds(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
		refused    int
	}{
		{"a delimiter at each row's end, in quotes", "id,name\n\"a1\",\"Ana\",\n\"a2\",\"Bia\",\n", []string{"a1: Ana", "a2: Bia"}, 0},
		{"a delimiter at all rows' ends but one's", "id,deal_value,notes\na1,1,x,\na2,99,90\na3,2,y,\na4,3,z,\n", []string{"a2: refused: doesn't end with a delimiter", "a3: 2 | y"}, 1},
		{"blanks before quotes, all rows", "id; name\na1; \"Ana; B\"\na2; \"Bia\"\n", []string{"a1: Ana; B", "a2: Bia"}, 0},
		{"backslashes before quotes, semicolons", "id;name\na1;\"a \\\"b\\\"; c\"\na2;\"d\"\n", []string{`a1: a "b"; c`, "a2: d"}, 0},
		{"apostrophes round cells with delimiters", "id,name\na1,'Souza, Ana'\na2,'Bia'\n", []string{"a1: Souza, Ana"}, 0},
		{"apostrophes before formulas that end with one", "id,name\na1,'='\na2,'=x'\n", []string{"a1: ='", "a2: =x'"}, 0},
		{"apostrophes that are text", "id,name\na1,'tis\na2,'n'\n", []string{"a1: 'tis", "a2: 'n'"}, 0},
		{"typographic quotes round a column", "id,name\na1,“Ana”\na2,“Bia”\n", []string{"smart_quotes"}, 0},
		{"typographic quotes in a text", "id,name\na1,“Ana” e Bia\na2,Bia\n", []string{"a1: “Ana” e Bia"}, 0},
		{"an unclosed quote", "id,name\na1,\"Ana\na2,Bia\na3,Cid\n", []string{"a1: refused: ", "a2: Bia", "a3: Cid"}, 1},
		{"an unclosed quote before quoted rows", "id,name\n\"a1\",\"Ana\n\"a2\",\"Bia\"\n\"a3\",\"Cid\"\n", []string{"a1: refused: ", "a2: Bia", "a3: Cid"}, 1},
		{"an opening quote that is missing", "id,name\n\"a1\",\"Ana\"\n\"a2\",\"Bia\"\n\"a3\",Cid\"\n", []string{"a2: Bia", "a3: refused: "}, 1},
		{"quotes within a cell of several lines", "id,notes,name\na1,\"x\ny \"z\" w\nv\",Ana\na2,b,Bia\n", []string{"a1: refused: ", "a2: Bia | b"}, 1},
		{"a cell of several lines with commas", "id,notes\na1,\"x, y\nz, w\"\na2,b\n", []string{"a1: x, y\nz, w", "a2: b"}, 0},
		{"three rows in a cell", "id,notes\na1,\"x\na2,y\na3,z\"\na4,w\n", []string{"a4: w"}, 3},
		{"a row with tabs", "id,name,notes\na1,Ana,x\na2\tBia\ty\na3,Cid,z\n", []string{"a1: Ana | x", "a3: Cid | z"}, 1},
		{"cut off within an id", "id,name\nopp_01,Ana\nopp_0", []string{"opp_01: Ana", "opp_0: refused: "}, 1},
		{"cut off within a number", "id,deal_value\na1,1.50\na2,2.50\na3,15", []string{"a1: 1.5", "a3: refused: "}, 1},
		{"cut off within quotes", "id,name\na1,Ana\na2,\"Bi", []string{"a1: Ana", "a2: refused: "}, 1},
		{"no line end, and nothing cut off", "id,name\na1,Ana\na2,Bi", []string{"a2: Bi"}, 0},
		{"another encoding in the second line of a cell", "id,name,notes\na1,José,x\na2,João,\"a\nb \xed\"\na3,Éva,y\n",
			[]string{"a1: José | x", "a2: refused: line 4, column 3: ", "a3: Éva | y"}, 1},
		{"typographic quotes around a delimiter, in a second line", "id,notes,name\na1,\"x\ny\",“a,b”\na2,z,“c”\n", nil, 1},
		{"a byte order mark within", "id,name\na1,Ana\n\ufeff\"a2\",\"Bia\"\n", []string{"a2: Bia"}, 0},
		{"UTF-7", "id,name\na1,Jos+AOk-\n", []string{"encoding_not_read encoding=UTF-7"}, 0},
		{"phones are not UTF-7", "id,phone\na1,+5511999990001\na2,+55-11\na3,+351-2\n", []string{"a1: +5511999990001"}, 0},
		{"ISO-2022-JP", "id,name\na1,\x1b$B;3ED\x1b(B\n", []string{"encoding_not_read encoding=ISO-2022-JP likely=iso-2022-jp"}, 0},
		{"UTF-32 without a mark", "i\x00\x00\x00d\x00\x00\x00\n\x00\x00\x00", []string{"encoding_not_read encoding=UTF-32"}, 0},
		{"Windows-1252 with a few letters", "id,name\na1,Jos\xe9\na2,S\xe3o Jo\xe3o\n", []string{"Windows-1252, comma", "a2: São João"}, 0},
		{"ISO 8859-15 with euros", "id,notes\na1,10 \xa4\na2,25 \xa4 \xe0 vista\n", nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) { wantOutcome(t, c.text, c.want, c.refused) })
	}
}
