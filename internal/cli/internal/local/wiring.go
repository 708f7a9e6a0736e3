package local

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"razebulk/csvmap"
	"razebulk/internal/cli/internal/planned"
	"razebulk/internal/cli/internal/reporting"
	"razebulk/internal/cli/internal/sheet"
	"razebulk/internal/cli/internal/usage"
	"razebulk/internal/config"
	"razebulk/internal/getraze"
	"razebulk/internal/page/work"
	"razebulk/internal/reason"
	"razebulk/internal/words"
	"razebulk/report"
)

// settingsFile returns the file with the settings for sheets with these headers, and whether it exists. There is one
// for each kind of sheet, beside the user's own file; --config takes it, too.
func settingsFile(name string, headers []string) (path string, found bool) {
	sum := sha256.Sum256([]byte(strings.Join(headers, "\x00")))
	folder := filepath.Join(filepath.Dir(config.OwnFile()), "sheets")
	end := "-" + hex.EncodeToString(sum[:4]) + ".yaml"
	entries, _ := os.ReadDir(folder)
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), end) {
			return filepath.Join(folder, entry.Name()), true
		}
	}
	return filepath.Join(folder, strings.TrimSuffix(name, filepath.Ext(name))+end), false
}

// saved returns the saved settings for sheets with these headers.
func (p Program) saved(headers []string) (csvmap.Options, bool, error) {
	path, found := settingsFile("", headers)
	if !found || config.OwnFile() == "" {
		return csvmap.Options{}, false, nil
	}
	known := p.Known()
	s, err := config.Load(config.Options{Named: path, Known: known, Expects: usage.Expects})
	if err != nil {
		return csvmap.Options{}, false, err
	}
	var flags sheet.Flags
	set := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.Define(set)
	if err := s.Apply(set); err != nil {
		return csvmap.Options{}, false, err
	}
	o, err := flags.Options()
	return o, true, err
}

// save saves the user's choices for the next sheets with these headers, replacing all that was saved before. What was
// only detected is not saved, but detected again.
func (p Program) save(name string, headers []string, said csvmap.Options) (string, error) {
	path, _ := settingsFile(name, headers)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	return path, config.Rewrite(path, sheet.Settings(csvmap.Preview{Format: formatOf(said)}, said), p.Known())
}

// formatOf returns the format as the user chose it, without anything detected.
func formatOf(said csvmap.Options) reason.Reason {
	params := reason.Params{"encoding": said.Encoding, "header_row": said.HeaderRow}
	if said.Decimal != 0 {
		params["decimal"] = said.Decimal.String()
	}
	if said.Delimiter != 0 {
		params["delimiter"] = string(said.Delimiter)
	}
	return reason.Reason{Params: params}
}

func (p Program) plan(ctx context.Context, path string) (work.Plan, error) {
	read, err := planned.Read(ctx, path, nil, planned.Terms{Address: p.Address, MaxAge: planned.MaxAge})
	return work.Plan{Name: read.Name, Sheet: read.Sheet, HasStage: read.HasStage}, err
}

// report records a run in the history.
func (p Program) report(job work.Job, said *words.Words) (work.Report, error) {
	about := reporting.Run{
		ID: reporting.NewID(), Version: p.Version, Sheet: job.File, Address: p.Address, Compared: job.Ways.Compare, Stage: job.Ways.Stage, StateFile: job.State,
		Leaves: job.Paths.All(), Undo: job.Paths.Undo, Others: report.RunFiles(job.Paths.Results),
		Applies: job.Plan, Words: said, Message: func(err error) string { return p.Message(said, err) },
	}
	unheard := func(string, error) {} // nobody would read the warning
	to, err := reporting.PageTo(job.Report).Begin(context.Background(), about, unheard)
	if err != nil {
		return work.Report{}, err
	}
	applies := func(plan string) { to.Applies(plan, job.Ways.Stage) }
	return work.Report{ID: to.ID(), Handle: to.Handle, Applies: applies, End: func(resumable bool, err error) {
		if resumable {
			to.Resumable()
		}
		state, code, by := p.EndOf(err)
		to.End(state, code, by, err)
	}}, nil
}

// command returns the command that does the same as a job.
func (p Program) command(job work.Job) string {
	line := []string{"razebulk", "update"}
	add := func(wanted bool, arguments ...string) {
		if wanted {
			line = append(line, arguments...)
		}
	}
	if job.Plan {
		line[1] = "apply"
	}
	add(job.Resume, "--resume")
	add(job.Ways.Compare && !job.Plan, "--compare")
	add(job.Ways.Stage && !job.Plan, "--stage")
	add(job.Ways.Strict, "--strict")
	add(job.State != "", "--state", job.State)
	o := job.Reading
	for _, m := range o.Mappings {
		add(true, "--map", m.String())
	}
	add(len(o.Ignore) > 0, "--ignore-columns", words.CSVLine(o.Ignore))
	by := make([]string, len(o.Match))
	for i, m := range o.Match {
		by[i] = m.String()
	}
	add(len(by) > 0, "--match", strings.Join(by, "+"))
	add(len(by) > 0 && job.Ways.MatchOpen, "--match-open")
	add(o.Worksheet != "", "--sheet", o.Worksheet)
	add(o.HeaderRow > 0, "--header-row", strconv.Itoa(o.HeaderRow))
	add(o.Decimal != 0, "--decimal", o.Decimal.String())
	add(o.Delimiter != 0, "--delimiter", string(o.Delimiter))
	add(o.Encoding != "", "--encoding", o.Encoding)
	add(len(o.EmptyWords) > 0, "--empty-words", words.CSVLine(o.EmptyWords))
	add(o.ClearMarker != "", "--clear-marker", o.ClearMarker)
	add(p.Sandbox, "--sandbox")
	add(!p.Sandbox && p.BaseURL != getraze.DefaultBaseURL, "--base-url", p.BaseURL)
	line = append(line, job.File)
	for i, word := range line {
		line[i] = usage.Word(word)
	}
	return strings.Join(line, " ")
}
