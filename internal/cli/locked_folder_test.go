package cli

import (
	"io/fs"
	"strings"
	"testing"

	"razebulk/internal/reason"
	"razebulk/internal/update"
	"razebulk/internal/words"
)

// TestTheAdviceForASheetInALockedFolderWorks checks the text for failed rows that can't be next to their sheet. That
// the command then does so is in testdata/failed_file.txtar.
func TestTheAdviceForASheetInALockedFolderWorks(t *testing.T) {
	c := &command{cmd: newUpdate(), file: "ro/d.csv"}
	if err := c.cmd.ParseFlags([]string{"--results", "out/r.csv"}); err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]string{
		"sheet_folder_not_writable": "copy the sheet to another folder, and give the copy instead of the sheet, to write them without sending anything again: razebulk update --resume --results out/r.csv ro/d.csv",
		"not_a_file":                "\nwrite them without sending anything again: razebulk update --resume --results out/r.csv ro/d.csv",
	} {
		cause := reason.New(code, "file", "ro/d.failed.csv", "folder", "/ro").Because(fs.ErrPermission)
		c.sent = update.Summary{Paths: update.Paths{Results: "out/r.csv"}}
		text := c.explain(words.For(nil), &update.FinishError{InPlace: true, Failed: true, Cause: cause}).Error()
		if !strings.HasSuffix(text, want) || strings.Contains(text, "elsewhere") {
			t.Errorf("%s: %s", code, text)
		}
	}
}
