// Package review reads plans that people have reviewed. A dry run that compares marks each line of its plan. [Read]
// distinguishes lines that were edited since from those that were not, even if a spreadsheet has rewritten the file.
// [Plan.WriteSheet] turns the remaining lines into a sheet whose cells are sent only if the CRM still holds what the
// reviewers saw.
package review

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// Planned is the status of a line to be sent.
const Planned = "PLANNED"

// TitleField is the field of a line that says what a change of the name does to the opportunity's own title. Nothing
// is sent for it.
const TitleField = crm.Title

// Identity identifies the plan that a line belongs to.
type Identity struct {
	// Sheet is the SHA-256 of the sheet that was planned.
	Sheet string `json:"sheet"`
	// BaseURL is where the API is, and Dialect is the dialect that it spoke, "" if that was not detected.
	BaseURL string `json:"base_url"`
	Dialect string `json:"dialect,omitempty"`
	// Time is when the plan was made.
	Time time.Time `json:"time"`
}

// Line is a line of a plan as people see it.
type Line struct {
	Row     int    `json:"row"`
	ID      string `json:"id"`
	Status  string `json:"status"`
	Field   string `json:"field"`
	Current string `json:"current"`
	New     string `json:"new"`
	Message string `json:"message"`
}

// Exact is what the line stands for, where people see something else: ids that are shown as names, characters that
// can't be seen.
type Exact struct {
	ID      string
	Current string
	New     string
	// Unread reports that the field's value is not known, Empty that the field is empty.
	Unread, Empty bool
	// Now is what the field holds now, if Current is what an earlier line will have stored by then, and NowEmpty reports
	// that it is empty; otherwise Now is nil. The earlier line may be deleted.
	Now      *string
	NowEmpty bool
	// Title reports that sending the field also changes the opportunity's title, which has a line of its own.
	Title bool
	// Clear reports that the field is to be emptied, Number that it holds a number.
	Clear, Number bool
}

// carried is the part of an [Exact] that a mark holds.
type carried struct {
	ID      *string `json:"i,omitempty"`
	Current *string `json:"c,omitempty"`
	New     *string `json:"n,omitempty"`
	Now     *string `json:"w,omitempty"`
	NoNow   bool    `json:"we,omitempty"`
	Title   bool    `json:"t,omitempty"`
	Unread  bool    `json:"u,omitempty"`
	Empty   bool    `json:"e,omitempty"`
	Clear   bool    `json:"x,omitempty"`
	Number  bool    `json:"d,omitempty"`
}

// Marker marks the lines of one plan.
type Marker struct{ plan string }

// NewMarker returns a marker for the plan with this identity.
func NewMarker(of Identity) (Marker, error) {
	text, err := json.Marshal(of)
	return Marker{encoded(text)}, err
}

func encoded(text []byte) string { return base64.RawURLEncoding.EncodeToString(text) }

// Mark returns what goes into [crm.PlanColumn] of the line.
func (m Marker) Mark(l Line, e Exact) (string, error) {
	c := carried{Now: e.Now, NoNow: e.NowEmpty, Title: e.Title, Unread: e.Unread, Empty: e.Empty, Clear: e.Clear, Number: e.Number}
	c.ID, c.Current, c.New = unlike(l.ID, e.ID), unlike(l.Current, e.Current), unlike(l.New, e.New)
	held := ""
	if c != (carried{}) {
		text, err := json.Marshal(c)
		if err != nil {
			return "", err
		}
		held = encoded(text)
	}
	return m.plan + "." + held + "." + sum(m.plan, held, l), nil
}

// nameOf returns a short name for the plan whose marks begin with this.
func nameOf(plan string) string {
	sum := sha256.Sum256([]byte(plan))
	return hex.EncodeToString(sum[:8])
}

// unlike returns the exact text if a mark has to carry it: people see another one, or a spreadsheet may take it for a
// number or a formula.
func unlike(seen, exact string) *string {
	if seen == exact && !looksLikeNumber(exact) && !crm.NeedsEscape(exact) {
		return nil
	}
	return &exact
}

// sum identifies a line. All line breaks count as equal, as spreadsheets have their own.
func sum(plan, held string, l Line) string {
	h := sha256.New()
	fmt.Fprint(h, plan, "\n", held, "\n", l.Row)
	for _, text := range []string{l.ID, l.Status, l.Field, l.Current, l.New} {
		text = plainBreaks(text)
		fmt.Fprint(h, "\n", len(text), ":", text)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

var breaks = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func plainBreaks(text string) string { return breaks.Replace(text) }

// mark is a parsed mark.
type mark struct {
	plan, held, sum string
	carried         carried
}

func parseMark(text string) (mark, error) {
	parts := strings.Split(crm.Trim(text), ".")
	if len(parts) != 3 || len(parts[0]) == 0 || len(parts[2]) == 0 {
		return mark{}, reason.New("plan_line_unmarked")
	}
	m := mark{plan: parts[0], held: parts[1], sum: parts[2]}
	if m.held == "" {
		return m, nil
	}
	held, err := base64.RawURLEncoding.DecodeString(m.held)
	if err == nil {
		err = json.Unmarshal(held, &m.carried)
	}
	if err != nil {
		return mark{}, reason.New("plan_line_unmarked")
	}
	return m, nil
}

func parseIdentity(plan string) (Identity, error) {
	var of Identity
	text, err := base64.RawURLEncoding.DecodeString(plan)
	if err == nil {
		err = json.Unmarshal(text, &of)
	}
	if err != nil {
		return Identity{}, reason.New("plan_line_unmarked")
	}
	return of, nil
}
