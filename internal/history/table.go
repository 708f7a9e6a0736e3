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

// WriteJSON writes each run as a JSON object on its own line.
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

// WriteTable writes a line per run, for people.
func (rs Runs) WriteTable(to io.Writer, w *words.Words) error {
	table := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, w.Say("runs_head"))
	for _, r := range rs {
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\t%s\t%s\n", words.Visible(r.ID), w.Date(r.Began), r.progress(), r.Rows.Failed, r.exit(),
			w.Say("runs_undo", "yes", r.Files.Undo != ""), words.Visible(filepath.Base(r.Sheet.Name)))
	}
	return table.Flush()
}

// progress returns how many rows are done, and the total if they are not all done.
func (r Run) progress() string {
	if r.Rows.Done == r.Rows.Total {
		return strconv.Itoa(r.Rows.Total)
	}
	return fmt.Sprintf("%d/%d", r.Rows.Done, r.Rows.Total)
}

// exit returns the exit code; "-" for a run that has not ended or was killed.
func (r Run) exit() string {
	if r.State == notify.Running || r.ExitCode == nil {
		return "-"
	}
	return strconv.Itoa(*r.ExitCode)
}
