// Package undocell reads the cells of the column that makes a sheet an undo file.
package undocell

import (
	"encoding/json"
	"errors"

	"razebulk/internal/crm"
)

// Undone is the content of an undo cell.
type Undone struct {
	// Stored is what was sent, by field, as JSON.
	Stored map[string]json.RawMessage
	// Sums has the [crm.Sum] of each cell of the row, by field; nil in a file of an earlier version.
	Sums map[string]string
	// Nulls are the fields that held null rather than an empty string.
	Nulls []string
	// Title is the title overwritten by a change of the name, or nil.
	Title *string
}

// Read parses a cell. It fails if the cell is not a JSON object, or a member of it has the wrong type.
func Read(text string) (Undone, error) {
	var u Undone
	if err := json.Unmarshal([]byte(text), &u.Stored); err != nil {
		return Undone{}, err
	}
	if u.Stored == nil {
		return Undone{}, errors.New("no object")
	}
	for key, to := range map[string]any{crm.UndoSums: &u.Sums, crm.UndoNulls: &u.Nulls, crm.UndoTitle: &u.Title, crm.UndoRun: new(any)} {
		raw, there := u.Stored[key]
		if !there {
			continue
		}
		if err := json.Unmarshal(raw, to); err != nil {
			return Undone{}, err
		}
		delete(u.Stored, key)
	}
	return u, nil
}

// Values returns the values of which one must be stored: the elements of a list, or the only value.
func Values(raw json.RawMessage) []json.RawMessage {
	var several []json.RawMessage
	if raw[0] != '[' || json.Unmarshal(raw, &several) != nil || len(several) == 0 {
		return []json.RawMessage{raw}
	}
	return several
}

// Value returns what was stored in a field, a text or digits, or that it was cleared. ok is false for a text in a
// number field, and the other way round.
func Value(raw json.RawMessage, number bool) (text string, clear, ok bool) {
	switch text = string(raw); {
	case text == "null":
		return "", true, true
	case number:
		return text, false, crm.IsJSONNumber(text)
	}
	err := json.Unmarshal(raw, &text)
	return text, false, err == nil
}
