// Package crm is the vocabulary of the CRM and of the files that this program writes for it: the names of fields and of
// its own columns, stages, whether two ids are the same, what is blank, how formulas are escaped, what a spreadsheet
// converts. It holds constants and pure functions of strings.
package crm

import (
	"encoding/json"
	"fmt"
	"hash/crc32"
	"slices"
)

// Names of columns that are not fields of an update, or are special fields.
const (
	// ID is the column that says which opportunity a row is about.
	ID = "id"
	// Name is the only text field that an opportunity must have.
	Name = "name"
	// Email, Phone and Company are text fields of the contact.
	Email   = "email"
	Phone   = "phone"
	Company = "company"
	// Status is the stage of an opportunity: one of [Statuses], or the id of a stage if the service has its own stages. It
	// takes a separate request.
	Status = "status"
	// UpdatedAt is when the CRM last changed the opportunity.
	UpdatedAt = "updated_at"
	// Amount is the only numeric field.
	Amount = "deal_value"
	// Currency is a three-letter code; case is ignored.
	Currency = "deal_currency"
	// Owner is the id of the responsible user.
	Owner = "responsible_user_id"
	// Position is the person's job title.
	Position = "position"
	// Pipeline says which pipeline a stage name belongs to. It is not sent.
	Pipeline = "pipeline"
	// Title is the opportunity's own title, which no field of an update sets directly (docs/api.md). In the body of an
	// update in the observed dialect, "title" means the job title.
	Title = "title"
	// Notes is missing from the list in the documented dialect.
	Notes = "notes"
)

// Fields are the fields that an update can change, in the order in which cells, plans and results list them.
var Fields = []string{Name, Email, Phone, Company, Position, Amount, Currency, Notes, Owner}

// ReadOnly are columns of the CRM's exports that an update can't change.
var ReadOnly = []string{
	Status, "source", "created_at", UpdatedAt, "campaign_id", "campaign_name", "responsible_user", "responsible_user_name",
	Pipeline, Title, "contact_id", "stage_name", "expected_close_date",
}

// Statuses are the values of [Status], in the order of a sale (docs/api.md).
var Statuses = []string{"new", "contacted", "qualified", "proposal", "negotiation", "won", "lost"}

// The program's own columns, in the files that it writes and reads back.
const (
	StatusColumn  = "raze_status"
	MessageColumn = "raze_message"
	// DecimalColumn is the decimal separator of the numbers in the whole sheet. The failed rows alone might say otherwise:
	// where all others have a decimal point, a lone 1,234 must not become 1.234 when it is read back.
	DecimalColumn = "raze_decimal"
	// RefusedColumn marks a row that was refused for what is around its cells. It holds the code of the reason, and
	// checksums of the cells: as long as they are unchanged, the row is refused again.
	RefusedColumn = "raze_refused"
	// ClearColumn lists the fields that a row clears.
	ClearColumn = "raze_clear"
	// UndoColumn makes a sheet an undo file. It holds, as a JSON object by field, what the run has sent, and also
	// [UndoRun] and [UndoSums].
	UndoColumn = "raze_undo"
	// ExpectedColumn makes a sheet one of reviewed changes. It holds, in the format of [UndoColumn], what the CRM must
	// hold for a cell to be sent: a value, or a list of values, one of which it must hold.
	ExpectedColumn = "raze_expected"
	// PlanColumn is the last column of a plan. It holds the marks by which an edit of a line is detected.
	PlanColumn = "raze_plan"
)

// PlanColumns are the columns of a plan. One that can be applied also has [PlanColumn].
var PlanColumns = []string{"row", ID, Status, "field", "current", "new", "message"}

// Members of the object in [UndoColumn] that are not fields.
const (
	// UndoRun is when the run that wrote the row began.
	UndoRun = "raze_run"
	// UndoSums has the [Sum] of each cell, by field: a cell with another sum was changed since.
	UndoSums = "raze_sums"
	// UndoNulls lists the fields that held null, not an empty string.
	UndoNulls = "raze_null"
	// UndoTitle is the opportunity's own title, which a change of the name has overwritten.
	UndoTitle = "raze_title"
)

// OwnColumns lists all of them.
var OwnColumns = []string{StatusColumn, MessageColumn, DecimalColumn, RefusedColumn, ClearColumn, UndoColumn, ExpectedColumn, PlanColumn}

// IsField reports whether name is the documented name of a field that an update can change.
func IsField(name string) bool { return slices.Contains(Fields, name) }

// IsContact reports whether the field belongs to the contact, which several opportunities may share (docs/api.md).
func IsContact(field string) bool { return slices.Contains(Fields[:5], field) }

// IsNumber reports whether the documented field holds a number.
func IsNumber(field string) bool { return field == Amount }

// IsJSONNumber reports whether text is a JSON number and nothing else.
func IsJSONNumber(text string) bool {
	isDigit := func(b byte) bool { return '0' <= b && b <= '9' }
	return text != "" && (isDigit(text[0]) || text[0] == '-') && isDigit(text[len(text)-1]) && json.Valid([]byte(text))
}

// IgnoresCase reports whether two spellings of a field's value that differ only in case are the same.
func IgnoresCase(field string) bool { return field == Currency || field == Status }

// Sum returns a checksum of text.
func Sum(text string) string { return fmt.Sprintf("%08x", crc32.ChecksumIEEE([]byte(text))) }
