//go:build unix

package cli_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// soon is how long the program may take to exit after a signal. It takes a second; the rest is for a loaded machine.
const soon = 20 * time.Second

// TestASignalIsObeyedWhateverIsBeingRead uses inputs that take minutes to read, or never end.
func TestASignalIsObeyedWhateverIsBeingRead(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := func(name string) string { return filepath.Join(folder, name) }
	for _, name := range []string{"sparse.csv", "dry.csv"} {
		sparse(t, path(name), 10<<30)
	}
	for _, name := range []string{"pipe.csv", "key"} {
		if err := syscall.Mkfifo(path(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path("deals.csv"), []byte("id,notes\na,x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cases := map[string][]string{
		"a file of 10 GB":                   {"update", "--sandbox", path("sparse.csv")},
		"a dry run of one":                  {"update", "--sandbox", "--dry-run", path("dry.csv")},
		"ids from one":                      {"export", "--sandbox", "--ids-from", path("sparse.csv")},
		"a pipe that nobody writes":         {"update", "--sandbox", path("pipe.csv")},
		"the key from a pipe, update":       {"update", "--api-key-file", path("key"), path("deals.csv")},
		"the key from a pipe, export":       {"export", "--api-key-file", path("key")},
		"standard input that nobody writes": {"update", "--sandbox", "--results", path("r.csv"), "-"},
	}
	if testing.Short() { // the others take a second of processor time each, or are alike
		maps.DeleteFunc(cases, func(name string, _ []string) bool { return name != "the key from a pipe, update" })
	} else { // it takes seconds to make
		bookOfTexts(t, path("texts.xlsx"), 1<<30)
		cases["a workbook with a gigabyte"] = []string{"update", "--sandbox", path("texts.xlsx")}
	}
	t.Cleanup(func() { // after all cases
		for _, left := range []string{".sparse.csv.lock", ".dry.csv.lock", ".texts.xlsx.lock", ".r.csv.lock"} {
			if _, err := os.Lstat(path(left)); err == nil {
				t.Errorf("%s is left", left)
			}
		}
	})
	for name, args := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// On a busy machine the program may not listen for signals yet. Then the signal ends it without a message.
			wait := time.Second
			for code := interrupted(t, wait, args); code < 0 && wait < time.Minute; code = interrupted(t, wait, args) {
				wait *= 4
			}
			if wait > time.Minute {
				t.Error("it never listens to signals")
			}
		})
	}
}

// interrupted runs the program, sends it a signal after that time, and returns its exit code, which is negative if
// the program did not listen for signals yet.
func interrupted(t *testing.T, after time.Duration, args []string) (code int) {
	t.Helper()
	cmd := razebulk(t, args...)
	if args[len(args)-1] == "-" {
		reader, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		defer reader.Close()
		defer w.Close()
		cmd.Stdin = reader
	}
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		t.Fatalf("it ended by itself: %v, %s", err, said.String())
	case <-time.After(after): // it reads
	}
	begin := time.Now()
	_ = cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-ended:
	case <-time.After(soon):
		_ = cmd.Process.Kill()
		<-ended
		t.Fatalf("it still runs %s after the signal", soon)
	}
	t.Logf("obeyed after %s", time.Since(begin))
	if code = cmd.ProcessState.ExitCode(); code >= 0 && (code != 130 || !strings.Contains(said.String(), "interrupted; nothing was")) {
		t.Errorf("exit %d: %s", code, said.String())
	}
	return code
}

// TestReadersMayGo checks that an export whose reader is gone, as in "export | head", ends without a message, and
// that an update and an export to a file are completed.
func TestReadersMayGo(t *testing.T) {
	folder := t.TempDir()
	sheet, out := filepath.Join(folder, "deals.csv"), filepath.Join(folder, "out.csv")
	if err := os.WriteFile(sheet, []byte("id,notes\n265e24ec-3bc8-4820-b65f-89a69d7babe4,x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	gone := func() *os.File {
		reader, writer, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		_ = reader.Close()
		t.Cleanup(func() { _ = writer.Close() })
		return writer
	}
	var said bytes.Buffer
	cmd := razebulk(t, "export", "--sandbox", "--quiet")
	cmd.Stdout, cmd.Stderr = gone(), &said
	err := cmd.Run()
	status, _ := cmd.ProcessState.Sys().(syscall.WaitStatus)
	if !status.Signaled() || status.Signal() != syscall.SIGPIPE || said.Len() > 0 {
		t.Errorf("export: %v, says %q", err, said.String())
	}
	for left, args := range map[string][]string{
		filepath.Join(folder, "deals.results.csv"): {"update", "--sandbox", sheet}, out: {"export", "--sandbox", "--out", out},
	} {
		cmd := razebulk(t, args...)
		cmd.Stdout, cmd.Stderr = gone(), gone()
		if err := cmd.Run(); err != nil {
			t.Errorf("%s: %v", args, err)
		}
		if _, err := os.Stat(left); err != nil {
			t.Errorf("%s: %v", args, err)
		}
	}
}

// sparse creates a file that takes no space on the disk.
func sparse(t *testing.T, path string, size int64) {
	t.Helper()
	if err := errors.Join(os.WriteFile(path, []byte("id,notes\na,\""), 0o600), os.Truncate(path, size)); err != nil {
		t.Skip(err) // the file system has no sparse files
	}
}

// bookOfTexts creates a workbook whose shared strings unpack to size bytes. A picture makes the file large enough: a
// workbook that unpacks to more than 64 times its size is refused.
func bookOfTexts(t *testing.T, path string, size int) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	const kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	const relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	part := func(name string, texts ...string) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range texts {
			if _, err := io.WriteString(w, text); err != nil {
				t.Fatal(err)
			}
		}
	}
	picture, err := z.CreateHeader(&zip.FileHeader{Name: "xl/media/image1.png", Method: zip.Store})
	if err == nil {
		_, err = io.CopyN(picture, rand.NewChaCha8([32]byte{}), int64(size/60))
	}
	if err != nil {
		t.Fatal(err)
	}
	part("_rels/.rels", relations+`<Relationship Id="r1" Type="`+kinds+`officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	part("xl/workbook.xml", `<workbook `+main+` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`+
		`<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`)
	part("xl/_rels/workbook.xml.rels", relations+`<Relationship Id="r1" Type="`+kinds+`worksheet" Target="worksheets/sheet1.xml"/>`+
		`<Relationship Id="r2" Type="`+kinds+`sharedStrings" Target="sharedStrings.xml"/></Relationships>`)
	part("xl/worksheets/sheet1.xml", `<worksheet `+main+`><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row></sheetData></worksheet>`)
	piece := strings.Repeat("<si><t>"+strings.Repeat("texto ", 1000)+"</t></si>", 100)
	texts := []string{`<sst ` + main + `>`}
	for n := 0; n < size; n += len(piece) {
		texts = append(texts, piece)
	}
	part("xl/sharedStrings.xml", append(texts, `</sst>`)...)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
}
