// Package logs writes a run as a log: one line for each relevant event, as text or JSON, each with the time and the
// run's id. No line contains the API key. A line contains the content of a cell only if details are requested.
package logs

import (
	"context"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"unicode"

	"razebulk/internal/reason"
)

// The forms of a log.
const (
	Text = "text"
	JSON = "json"
)

// Check refuses an unknown format; "" means no log.
func Check(format string) error {
	if format != "" && format != Text && format != JSON {
		return reason.New("flag_choices", "flag", "--log-format", "given", format, "choices", []string{Text, JSON})
	}
	return nil
}

// New returns a log. A quiet one contains only warnings and errors; a verbose one also contains each request and each
// row.
func New(out io.Writer, format, run string, quiet, verbose bool) *slog.Logger {
	options := &slog.HandlerOptions{Level: slog.LevelInfo}
	switch {
	case verbose:
		options.Level = slog.LevelDebug
	case quiet:
		options.Level = slog.LevelWarn
	}
	var handler slog.Handler = slog.NewTextHandler(visible{out}, options)
	if format == JSON {
		handler = slog.NewJSONHandler(visible{out}, options)
	}
	return slog.New(handler).With("run_id", run)
}

// Ended is the name of the last line.
const Ended = "ended"

// Failed writes the last line of a run that failed.
func Failed(log *slog.Logger, code int, message string) {
	level := slog.LevelError
	if code == 1 { // finished, and some rows failed
		level = slog.LevelWarn
	}
	log.Log(context.Background(), level, Ended, "exit_code", code, "message", message)
}

// visible makes lines safe for terminals: it escapes everything but letters, digits, marks, symbols and blanks, as
// JSON and quoted text do, such as \u202e.
type visible struct{ to io.Writer }

// Write implements [io.Writer]. It expects whole lines.
func (v visible) Write(line []byte) (int, error) {
	var out strings.Builder
	for _, r := range string(line) {
		switch {
		case unicode.IsGraphic(r) || r == '\n' || r == '\t':
			out.WriteRune(r)
		case r > 0xffff:
			out.WriteString("\ufffd")
		default:
			out.WriteString(`\u` + strconv.FormatInt(0x10000+int64(r), 16)[1:])
		}
	}
	if _, err := io.WriteString(v.to, out.String()); err != nil {
		return 0, err
	}
	return len(line), nil
}
