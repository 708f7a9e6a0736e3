package csvmap

import (
	"slices"
	"testing"
)

// TestABackslashEndsALine: where a backslash escapes a quote, one at the end of a line escapes nothing.
func TestABackslashEndsALine(t *testing.T) {
	const text = "id,name,notes\n1,\"a \\\"b\\\"\",\"c\\\nd\"\n2,\"b\",\"\\\n\"\n"
	_, rows := readSheet(t, text, Options{})
	if _, texts := FieldsAndTexts(rows[0].Cells); !slices.Equal(texts, []string{`a "b"`, "c\\\nd"}) || len(rows) != 2 {
		t.Errorf("got %q", texts)
	}
	_ = readError("name,phone,id,notes\n\" \\\n\"Ana\",\"Ana\",\"1\",\"x \\\"y\\\"\"", Options{})
}
