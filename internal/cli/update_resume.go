package cli

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"razebulk/internal/words"
	"razebulk/report"
)

// runRecord is what this run is about.
func (u *updating) runRecord() report.RunRecord {
	sum, _ := u.input.SHA256()
	return report.RunRecord{
		Version: version, Started: time.Now().UTC(), BaseURL: u.address(),
		Input: report.InputFile{Path: u.input.Name(), Size: u.input.Size(), SHA256: sum},
		Options: report.RunOptions{
			Reading: u.reading.String(), Columns: u.reading.Columns(), ClearMarker: u.flags.sheet.clearMarker,
			State: u.flags.state != "", Compare: u.flags.compare, Force: u.flags.force},
	}
}

// lookBack finds what a run that ended before its time has left, and decides whether this one goes on with it. It changes
// nothing yet.
func (u *updating) lookBack() error {
	journal := report.JournalPath(u.paths.results)
	if _, err := os.Stat(journal); errors.Is(err, os.ErrNotExist) || u.flags.dryRun {
		return nil
	}
	record, err := report.ReadRunRecord(u.paths.results)
	switch {
	case err != nil:
		return err
	case record.Input.SHA256 == "":
		u.console.warn("what %s is of is not recorded: it is set aside, and this is a new run", journal)
		return nil
	case !record.SameRun(u.runRecord()):
		u.console.warn("%s is of another file or other options: it is set aside, and this is a new run", journal)
		return nil
	case u.flags.restart:
		return nil
	}
	earlier, err := report.ReadPreviousRun(u.paths.results, u.dialect(), u.survey.LastRow, u.reading.Undoes())
	if err != nil {
		return fmt.Errorf("%w\nmend it, or begin anew with --restart", err)
	}
	done := earlier.Tally.Counts().Done
	if !u.flags.resume {
		return fmt.Errorf("an earlier run of this file has come to %s of %s\ngo on with it: --resume\nbegin anew: --restart",
			words.Thousands(done), words.Plural(u.survey.Rows, "row"))
	}
	return u.goOn(earlier)
}

// goOn leaves out what is settled, and counts anew what there is to send.
func (u *updating) goOn(earlier *report.PreviousRun) error {
	u.earlier = earlier
	u.console.say("going on with an earlier run: %s of %s are settled", words.Thousands(earlier.Tally.Counts().Done),
		words.Plural(u.survey.Rows, "row"))
	sheet, err := u.openSheet()
	if err != nil {
		return err
	}
	defer sheet.Close()
	all := u.survey
	if err := u.surveyRows(sheet.Rows()); err != nil {
		return fmt.Errorf("%s: %w", u.input.Name(), err)
	}
	u.survey.Repeats = all.Repeats
	return nil
}

// openJournal begins the journal, or goes on with that of an earlier run. What the run is about is on the disk first.
func (u *updating) openJournal() (*report.Journal, *report.Tally, error) {
	if u.earlier != nil {
		journal, err := u.earlier.Continue(reasonText)
		return journal, u.earlier.Tally, err
	}
	if name, err := report.SetAsideRun(u.paths.results); err != nil {
		return nil, nil, err
	} else if name != "" {
		u.console.warn("an earlier %s is now %s", report.JournalPath(u.paths.results), name)
	}
	if err := report.WriteRunRecord(u.paths.results, u.runRecord()); err != nil {
		return nil, nil, err
	}
	journal, err := report.CreateJournal(u.paths.results, u.dialect(), reasonText)
	if err != nil {
		return nil, nil, errors.Join(err, report.RemoveRunRecord(u.paths.results))
	}
	return journal, report.NewTally(), nil
}

// resumeCommand is what the user types to go on: the same again, with --resume.
func (u *updating) resumeCommand() string {
	words := []string{"razebulk", "update", "--resume"}
	for _, flag := range u.flags.given {
		words = append(words, flag.words...)
	}
	return commandLine(append(words, u.file))
}

// shaping are the flags without which the file of failed rows would be read in another way than the sheet.
var shaping = []string{"encoding", "map", "ignore-columns", "clear-marker", "stage"}

// failedCommand is what the user types to send the failed rows again; "" if nothing but the file has to be named.
func (u *updating) failedCommand() string {
	var words []string
	for _, flag := range u.flags.given {
		if slices.Contains(shaping, flag.name) {
			words = append(words, flag.words...)
		}
	}
	if len(words) == 0 {
		return ""
	}
	return commandLine(slices.Concat([]string{"razebulk", "update"}, words, []string{u.paths.failed}))
}

func commandLine(words []string) string {
	for i, word := range words {
		if !plainWord.MatchString(word) {
			words[i] = "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
		}
	}
	return strings.Join(words, " ")
}

// plainWord is what a shell takes as it stands.
var plainWord = regexp.MustCompile(`^[A-Za-z0-9_./:=@%+,-]+$`)
