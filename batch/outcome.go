package batch

import (
	"errors"
	"slices"

	"razebulk/internal/getraze"
)

// became is what became of the value that was sent for a field.
type became int

const (
	// refused: the service has said that it did not store it.
	refused became = iota
	// doubtful: it may have been stored, or not.
	doubtful
	// notApplied: the service said that it stored it, and holds another value.
	notApplied
	// unverified: the service said that it stored it, and not what it holds now.
	unverified
	// verified: the service holds it.
	verified
)

// fieldOutcome is what became of one field that was sent.
type fieldOutcome struct {
	field  getraze.Field
	became became
}

func (f fieldOutcome) isStored() bool { return f.became == unverified || f.became == verified }

func (f fieldOutcome) isDoubtful() bool { return f.became == doubtful || f.became == notApplied }

// learn notes what an attempt shows about the fields that it sent.
func (t *task) learn(sent []getraze.Field, answer getraze.Answer, err error) {
	differing, silent := answer.Verify(sent)
	for _, field := range sent {
		switch {
		case err != nil && wasRefused(err):
			t.set(field, refused)
		case err != nil:
			t.set(field, doubtful)
		case slices.Contains(differing, field.Name):
			t.set(field, notApplied)
		case slices.Contains(silent, field.Name):
			t.set(field, unverified)
		default:
			t.set(field, verified)
		}
	}
}

// wasRefused reports whether it is plain that nothing was stored: the service said so. A failure of the service's
// own, in the API's words or not, proves nothing.
func wasRefused(err error) bool {
	var refusal *getraze.APIError
	return errors.As(err, &refusal) && refusal.HTTPStatus < 500
}

// set notes the latest about a field. A refusal says nothing about an earlier attempt that may have been stored.
func (t *task) set(field getraze.Field, now became) {
	for i, f := range t.fields {
		if f.field.Name != field.Name {
			continue
		}
		if now != refused || f.became != doubtful {
			t.fields[i].became = now
		}
		return
	}
	t.fields = append(t.fields, fieldOutcome{field, now})
}

// fieldsThat are the names of the fields of which that became.
func (t *task) fieldsThat(wanted ...became) []string {
	var names []string
	for _, f := range t.fields {
		if slices.Contains(wanted, f.became) {
			names = append(names, f.field.Name)
		}
	}
	return names
}
