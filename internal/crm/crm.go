// Package crm is the vocabulary of the CRM and of the files that this program writes for it: names of fields and of its
// own columns, stages, when two ids are the same, what is blank, how a formula is escaped. It holds constants and pure
// functions of strings, and imports no other package of the program.
package crm

import (
	"encoding/json"
	"fmt"
	"hash/crc32"
	"slices"
)

// Names of columns that are no fields of an update, or fields of a kind of their own.
const (
	// ID is the column that says which opportunity a row is about.
	ID = "id"
	// Name is the only text that an opportunity can't be without.
	Name = "name"
	// Status is the stage of an opportunity: one of [Statuses], or the id of a stage where the service has such. It has a
	// request of its own.
	Status = "status"
	// UpdatedAt is when the CRM has changed the opportunity last.
	UpdatedAt = "updated_at"
	// Amount is the only field that holds a number.
	Amount = "deal_value"
	// Currency is a code of three letters, the same in either case.
	Currency = "deal_currency"
	// Owner is the id of the user who is responsible.
	Owner = "responsible_user_id"
	// Position is the person's job title.
	Position = "position"
	// Pipeline says which pipeline the name of a stage is of. It is not sent.
	Pipeline = "pipeline"
	// Title is the opportunity's own title, which no field of an update sets by itself (docs/api.md). In the body of an
	// update of the observed dialect, the name means the job title.
	Title = "title"
	// Notes are left out of the documented list.
	Notes = "notes"
)

// Fields are the fields that an update can change, in the order in which cells, plans and results list them.
var Fields = []string{Name, "email", "phone", "company", Position, Amount, Currency, Notes, Owner}

// ReadOnly are columns of the CRM's exports that an update can't change.
var ReadOnly = []string{
	Status, "source", "created_at", UpdatedAt, "campaign_id", "campaign_name", "responsible_user", "responsible_user_name",
	Pipeline, Title, "contact_id", "stage_name",
}

// Statuses are the values of [Status], in the order of a sale (docs/api.md).
var Statuses = []string{"new", "contacted", "qualified", "proposal", "negotiation", "won", "lost"}

// Columns of this program's own, in the files that it writes and reads back.
const (
	StatusColumn  = "raze_status"
	MessageColumn = "raze_message"
	// DecimalColumn says which decimal separator the numbers of the whole sheet have. The failed rows alone might say
	// otherwise: where all others have a decimal point, a lone 1,234 must not become 1.234 on its way back.
	DecimalColumn = "raze_decimal"
	// ClearColumn lists the fields that a row empties.
	ClearColumn = "raze_clear"
	// UndoColumn makes a sheet an undo file: it holds, as a JSON object by field, what the run has sent, and besides
	// [UndoRun] and [UndoSums].
	UndoColumn = "raze_undo"
	// ExpectedColumn makes a sheet one of changes that were reviewed: it holds, in the form of [UndoColumn], what the CRM
	// must hold for a cell to be sent: a value, or a list of which it must hold one.
	ExpectedColumn = "raze_expected"
)

// Members of the object in [UndoColumn] that are no fields.
const (
	// UndoRun is when the run began that has written the row.
	UndoRun = "raze_run"
	// UndoSums has the [Sum] of each cell, by field: a cell of another sum was changed since.
	UndoSums = "raze_sums"
	// UndoNulls lists the fields that held null, and not a text of no length.
	UndoNulls = "raze_null"
	// UndoTitle is the opportunity's own title, which a change of the name has overwritten.
	UndoTitle = "raze_title"
)

// OwnColumns are all of them.
var OwnColumns = []string{StatusColumn, MessageColumn, DecimalColumn, ClearColumn, UndoColumn, ExpectedColumn}

// IsField tells whether an update can change the field by its documented name.
func IsField(name string) bool { return slices.Contains(Fields, name) }

// IsContact reports whether the field is one of the contact's, which several opportunities may share (docs/api.md).
func IsContact(field string) bool { return slices.Contains(Fields[:5], field) }

// IsNumber tells whether the documented field holds a number.
func IsNumber(field string) bool { return field == Amount }

// IsJSONNumber tells of a text that is a number of JSON and nothing else.
func IsJSONNumber(text string) bool {
	isDigit := func(b byte) bool { return '0' <= b && b <= '9' }
	return text != "" && (isDigit(text[0]) || text[0] == '-') && isDigit(text[len(text)-1]) && json.Valid([]byte(text))
}

// IgnoresCase tells whether two spellings of a field's value that differ in case alone are the same.
func IgnoresCase(field string) bool { return field == Currency || field == Status }

// Sum is by which a text is known again.
func Sum(text string) string { return fmt.Sprintf("%08x", crc32.ChecksumIEEE([]byte(text))) }
