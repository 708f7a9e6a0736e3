// Package filekind identifies files that are not sheets, and sheets in formats that are not supported.
package filekind

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"

	"razebulk/internal/crm"
	"razebulk/internal/lazyregexp"
	"razebulk/internal/reason"
)

// headSize is how much of a file shows what it is; startSize is how much shows its form.
const (
	headSize  = 16 << 10
	startSize = 1 << 10
)

// starts are the first bytes of each kind of file, whatever its content.
var starts = []struct{ start, kind string }{
	{"%PDF-", "pdf"},
	{"\x1f\x8b", "gzip"},
	{"7z\xbc\xaf\x27\x1c", "archive"}, {"Rar!\x1a\x07", "archive"}, {"BZh", "archive"}, {"\xfd7zXZ\x00", "archive"}, {"\x28\xb5\x2f\xfd", "archive"},
	{"\x89PNG", "picture"}, {"\xff\xd8\xff", "picture"}, {"GIF8", "picture"},
	{"SQLite format 3\x00", "database"}, {"PAR1", "database"},
	{`{\rtf`, "document"},
	{`{"razebulk_plan"`, "plan"},
	{"BEGIN:VCARD", "contacts"},
	{"[InternetShortcut]", "address"},
}

var (
	blanks  = "\xef\xbb\xbf \t\r\n"
	json    = lazyregexp.New(`^(\{\s*"[^"]*"\s*:|\[\s*(\{\s*("|\})|\[|"[^"]*"\s*,))`)
	html    = lazyregexp.New(`(?i)^(<!--.*?-->\s*)?<(!doctype html|html|head|body|table|div|meta|script|style)\b`)
	login   = lazyregexp.New(`(?i)type=["']?password|sign[ -]?in\b|log[ -]?in\b|\bentrar\b|iniciar sesi[oó]n|acessar sua conta`)
	address = lazyregexp.New(`^https?://\S+$`)
	ruled   = lazyregexp.New(`^(\|[^\n]*\|[ \t\r]*\n[ \t]*\|([ \t]*:?-+:?[ \t]*\|)+|\+[-=]+\+([-=]+\+)*\s*\n)`)
	shared  = lazyregexp.New(`^\{[^}]*https?://[^}]*"(doc_id|resource_id)"`) // .gsheet
)

// ours are the columns by which other files of the program than sheets are recognized.
var ours = map[string][]string{
	"plan":    crm.PlanColumns,
	"results": {"row", "id", "status", "message", "fields_sent", "http_status", "finished_at"},
}

// CheckHeaders returns a [reason.Reason] if the headers are those of another file of the program than a sheet: a plan,
// or the results of a run.
func CheckHeaders(headers []string) error {
	for kind, columns := range ours {
		if !slices.ContainsFunc(columns, func(name string) bool { return !slices.Contains(headers, name) }) {
			return reason.New("file_not_sheet", "kind", kind)
		}
	}
	return nil
}

// Check returns a [reason.Reason] if the file is of another kind than a sheet; nil if it may be one.
func Check(file io.ReaderAt, size int64) error {
	head := make([]byte, min(size, headSize))
	if _, err := io.ReadFull(io.NewSectionReader(file, 0, size), head[:min(size, headSize)]); err != nil {
		return err
	}
	kind := ""
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		kind = ofZip(file, size)
	} else {
		kind = ofText(string(head), size > headSize)
	}
	if kind == "" {
		return nil
	}
	return reason.New("file_not_sheet", "kind", kind)
}

func ofText(head string, more bool) string {
	for _, s := range starts {
		if strings.HasPrefix(head, s.start) {
			return s.kind
		}
	}
	if !more && isLock(head) {
		return "lock"
	}
	text := strings.TrimLeft(head, blanks)
	start := text[:min(len(text), startSize)]
	switch {
	case shared.MatchString(start):
		return "address"
	case json.MatchString(start):
		return "json"
	case ruled.MatchString(start):
		return "ruled"
	case html.MatchString(start):
		return ofHTML(text)
	case strings.HasPrefix(text, "<?xml") || strings.HasPrefix(text, "<?mso-application"):
		return ofXML(text)
	case !more && len(text) < startSize && address.MatchString(strings.TrimRight(text, blanks)):
		return "address"
	}
	return ""
}

// libreLock matches LibreOffice's lock file: the user, the account, the machine, the time and the profile.
var libreLock = lazyregexp.New(`^([^,\r\n]*,){4}file://[^,\r\n]*;\s*$`)

// isLock reports whether a file is the one that says who has a workbook open. Excel's has the user's name twice, each
// with its length before it and filled up: in the system's encoding, then in UTF-16.
func isLock(file string) bool {
	const name = 54
	if len(file) == 1+name+2+2*name {
		return file[0] <= name && file[1+name] > 0 && file[1+name] <= name && file[2+name] == 0
	}
	return len(file) < startSize && libreLock.MatchString(file)
}

func ofHTML(text string) string {
	switch {
	case login.MatchString(text):
		return "login"
	case strings.Contains(strings.ToLower(text), "<table"):
		return "html_table"
	}
	return "html"
}

func ofXML(text string) string {
	switch {
	case strings.Contains(text, "urn:schemas-microsoft-com:office:spreadsheet"):
		return "xml_spreadsheet"
	case strings.Contains(text, "urn:oasis:names:tc:opendocument"):
		return "ods"
	case strings.Contains(strings.ToLower(text), "<html"):
		return ofHTML(text)
	}
	return "xml"
}

// ofZip returns the kind of a zip file that is not an Excel workbook. It leaves an unreadable zip file to the
// workbook reader.
func ofZip(file io.ReaderAt, size int64) string {
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return ""
	}
	names := map[string]bool{}
	tops := map[string]bool{}
	for _, f := range archive.File {
		name := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
		top, _, _ := strings.Cut(name, "/")
		names[name], tops[top] = true, true
	}
	switch {
	case names["word/document.xml"] || names["ppt/presentation.xml"]:
		return "document"
	case tops["_rels"]:
		return ""
	case names["mimetype"] && names["content.xml"]:
		return "ods"
	case names["Index.zip"] || tops["Index"] || names["index.numbers"]:
		return "numbers"
	}
	return "zip"
}
