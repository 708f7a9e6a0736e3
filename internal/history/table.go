package history

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"text/tabwriter"

	"razebulk/internal/notify"
	"razebulk/internal/words"
)

// WriteJSON writes an object of JSON for each run, each on a line of its own.
func (rs Runs) WriteJSON(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for _, r := range rs {
		if err := encoder.Encode(r); err != nil {
			return err
		}
	}
	return nil
}

// WriteTable writes a line for each run, for people.
func (rs Runs) WriteTable(to io.Writer, w *words.Words) error {
	table := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, w.Say("runs_head"))
	for _, r := range rs {
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\t%s\t%s\n", words.Visible(r.ID), w.Date(r.Began), r.progress(), r.Rows.Failed, r.exit(),
			w.Say("runs_undo", "yes", r.Files.Undo != ""), words.Visible(filepath.Base(r.Sheet.Name)))
	}
	return table.Flush()
}

// progress is how many rows are done, and of how many where that are not all.
func (r Run) progress() string {
	if r.Rows.Done == r.Rows.Total {
		return strconv.Itoa(r.Rows.Total)
	}
	return fmt.Sprintf("%d/%d", r.Rows.Done, r.Rows.Total)
}

// exit is the exit code; "-" of a run that has not ended, or was killed.
func (r Run) exit() string {
	if r.State == notify.Running || r.ExitCode == nil {
		return "-"
	}
	return strconv.Itoa(*r.ExitCode)
}
